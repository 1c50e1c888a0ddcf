package io.sparkperceptron.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.UserException;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.spark.SparkFailures;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxExamplesTest extends SparkTest {

    private static final int CLASSES = 6;

    @TempDir
    Path temporary;

    @Test
    void refusesUnequalNumbersOfImagesAndLabels() {
        write("images", TestImages.images(10, CLASSES, 8, 1));
        write("labels", TestImages.labels(9, CLASSES));
        assertRefused("Expected as many labels as images, found 10 images in file:" + temporary + "/images and 9 labels"
                + " in file:" + temporary + "/labels");
    }

    @Test
    void refusesUnequalNumbersOfFiles() {
        write("images-1", TestImages.images(10, CLASSES, 8, 1));
        write("images-2", TestImages.images(10, CLASSES, 8, 1));
        write("labels-1", TestImages.labels(10, CLASSES));
        assertRefused("Expected as many files of labels as of images, found 2 for " + temporary + "/images* and 1 for "
                + temporary + "/labels*");
    }

    @Test
    void refusesPartsOfAnotherShape() {
        write("images-1", TestImages.images(10, CLASSES, 8, 1));
        write("images-2", TestImages.images(10, CLASSES, 9, 1));
        write("labels-1", TestImages.labels(10, CLASSES));
        write("labels-2", TestImages.labels(10, CLASSES));
        assertRefused("Expected images of one shape, found 6x8 pixels in file:" + temporary
                + "/images-1 and 6x9 in file:" + temporary + "/images-2");
    }

    @Test
    void refusesSetsOfAnotherShape() {
        write("images", TestImages.images(10, CLASSES, 8, 1));
        write("other", TestImages.images(10, CLASSES, 9, 1));
        write("labels", TestImages.labels(10, CLASSES));
        IdxExamples other = inspect("other", "labels", CLASSES);
        UserException refused = assertThrows(
                UserException.class, () -> inspect("images", "labels", CLASSES).requireSameShape(other));
        assertTrue(refused.getMessage().startsWith("Expected images of one shape, found 6x8 pixels in "));
    }

    @Test
    void namesALabelBeyondTheClassesByItsByte() {
        write("images", TestImages.images(2000, CLASSES, 8, 1));
        write("labels", TestImages.labels(2000, CLASSES));
        IdxExamples examples = inspect("images", "labels", 4);
        UserException refused = assertThrows(
                UserException.class,
                () -> SparkFailures.unwrap(
                        () -> examples.read(spark(), 1).points().count()));
        assertTrue(refused.getMessage().startsWith("Expected a label from 0 to 3"), refused.getMessage());
        assertTrue(
                refused.getMessage().endsWith(", found 4 at byte 12 of file:" + temporary + "/labels"),
                refused.getMessage());
    }

    /** A model of other data may have any labels. */
    @Test
    void acceptsAllLabelsOfAModel() {
        write("images", TestImages.images(2, CLASSES, 8, 1));
        write("labels", TestImages.labels(2, CLASSES));
        IdxExamples known = IdxExamples.inspect(
                temporary + "/images",
                temporary + "/labels",
                ClassLabels.of(3, List.of(-1, 0, 1)),
                new Configuration());
        Examples read = known.read(spark(), 1);
        assertEquals(List.of(0.0, 1.0), read.points().map(LabeledPoint::label).collect());
        assertEquals(2, read.blocks(Split.TEST, FeatureScaling.NONE, 1).first().label(1));
        IdxExamples unknown = IdxExamples.inspect(
                temporary + "/images", temporary + "/labels", ClassLabels.of(2, List.of(0, 3)), new Configuration());
        UserException refused = assertThrows(
                UserException.class,
                () -> SparkFailures.unwrap(
                        () -> unknown.read(spark(), 1).points().count()));
        assertEquals(
                "Expected one of the training set's labels, 0, 3, found 1 at byte 9 of file:" + temporary + "/labels",
                refused.getMessage());
        assertEquals(Optional.empty(), refused.remedy());
    }

    /** As in EMNIST, an image of 3x2 pixels is stored in the file as 2 rows, its columns. */
    @Test
    void imagesCanBeTransposed() {
        write("images", new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 0, 3, 4, 5, 6});
        write("labels", TestImages.labels(1, CLASSES));
        IdxExamples transposed = inspect("images", "labels", CLASSES).transposed(true);
        assertEquals(new ImageShape(3, 2), transposed.shape());
        assertEquals(
                Vectors.sparse(6, new int[] {0, 1, 3, 4, 5}, new double[] {1, 4, 5, 3, 6}),
                transposed.read(spark(), 1).points().first().features());
    }

    private void assertRefused(String message) {
        UserException refused = assertThrows(UserException.class, () -> inspect("images*", "labels*", CLASSES));
        assertEquals(message, refused.getMessage());
    }

    private IdxExamples inspect(String images, String labels, int classes) {
        return IdxExamples.inspect(temporary + "/" + images, temporary + "/" + labels, classes, new Configuration());
    }

    private void write(String name, byte[] bytes) {
        TestImages.write(temporary.resolve(name), bytes);
    }
}
