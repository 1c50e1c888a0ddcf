package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ImageShape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Images and their labels in a pair of IDX files, or in many pairs, which are parts of one set in the order of their
 * names. The driver reads the headers ({@link #inspect}). Each task of the RDD ({@link #read}) opens the files itself
 * and reads its own range.
 *
 * @param source where the images are, for messages
 */
public record IdxExamples(List<IdxPart> parts, ClassLabels classes, String source) implements Serializable {

    /** Reads the headers, see the other method; labels are the numbers from 0 to {@code classes} - 1. */
    public static IdxExamples inspect(String imagesUri, String labelsUri, int classes, Configuration configuration) {
        return inspect(imagesUri, labelsUri, ClassLabels.upTo(classes), configuration);
    }

    /**
     * Reads the headers of one or more pairs of files.
     *
     * @param imagesUri a file, or a glob
     * @param labelsUri a file, or a glob of as many files; null for predictions, where every image gets the first class
     * @param classes the allowed labels
     * @throws UserException if a file is missing, its header or length is wrong, or the files do not fit each other
     */
    public static IdxExamples inspect(
            String imagesUri, String labelsUri, ClassLabels classes, Configuration configuration) {
        List<String> imageUris = IdxFile.expand(imagesUri, configuration);
        List<String> labelUris = labelsUri == null ? null : IdxFile.expand(labelsUri, configuration);
        if (labelUris != null && labelUris.size() != imageUris.size()) {
            throw new UserException("Expected as many files of labels as of images, found " + imageUris.size() + " for "
                    + imagesUri + " and " + labelUris.size() + " for " + labelsUri);
        }
        List<IdxPart> parts = new ArrayList<>();
        long start = 0;
        for (int i = 0; i < imageUris.size(); i++) {
            String labels = labelUris == null ? null : labelUris.get(i);
            IdxPart part = IdxPart.inspect(imageUris.get(i), labels, start, configuration);
            parts.add(part);
            parts.get(0).requireSameShape(part);
            start = part.end();
        }
        String first = parts.get(0).images().uri();
        return new IdxExamples(
                parts, classes, parts.size() == 1 ? first : first + " and " + (parts.size() - 1) + " more");
    }

    /** The same files, read as {@code transposed} if true: a row of the file is a column of the image, as in EMNIST. */
    public IdxExamples transposed(boolean transposed) {
        return new IdxExamples(
                parts.stream().map(part -> part.transposed(transposed)).toList(), classes, source);
    }

    /** Throws a {@link UserException} unless another set has images of the same shape. */
    public void requireSameShape(IdxExamples other) {
        parts.get(0).requireSameShape(other.parts.get(0));
    }

    public ImageShape shape() {
        return parts.get(0).shape();
    }

    public long rows() {
        return parts.get(parts.size() - 1).end();
    }

    /**
     * The examples in the order of the files, as sparse vectors of unscaled bytes from 0 to 255.
     *
     * @param partitions their number; each has consecutive whole blocks, and some are empty if there are fewer blocks
     */
    public Examples read(JavaSparkContext spark, int partitions) {
        long[] starts = new long[partitions + 1];
        List<Long> partitionRows = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            long nextBlock = (i + 1) * Examples.blocksOf(rows()) / partitions;
            starts[i + 1] = Math.min(rows(), nextBlock * ExampleBlock.ROWS);
            partitionRows.add(starts[i + 1] - starts[i]);
        }
        Broadcast<SerializableConfiguration> configuration =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        List<Integer> numbers = IntStream.range(0, partitions).boxed().toList();
        JavaRDD<LabeledPoint> points = spark.parallelize(numbers, partitions)
                .flatMap(i -> new IdxRange(
                        this, starts[i], starts[i + 1], configuration.value().value()));
        return new Examples(points, partitionRows, shape().pixels(), classes, shape(), source);
    }
}
