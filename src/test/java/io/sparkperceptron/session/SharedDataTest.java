package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDataTest extends SparkTest {

    @TempDir
    Path temporary;

    @Test
    void equalDataAreCachedOnceUntilTheLastOneClosesThem() throws Exception {
        SparkSession session = TrainingData.sql(spark());
        Path images = TestImages.writeFolder(temporary.resolve("images [1]"), 60, 10, 9, 9);
        DataSettings settings = DataSettings.images(images.toString(), 0);
        int before = cached();
        TrainingData one = TrainingData.shared(session, settings);
        int each = cached() - before;
        TrainingData two = TrainingData.shared(session.newSession(), settings);
        assertSame(one.blocks(), two.blocks());
        assertEquals(before + each, cached());
        TrainingData folds = TrainingData.shared(session, settings.withFolds(2, 1));
        assertNotSame(one.blocks(), folds.blocks());
        folds.close();
        one.close();
        one.close();
        assertEquals(before + each, cached());
        new Sweep(two).epochs(1).train(temporary.resolve("out").toString());
        two.close();
        assertEquals(before, cached());
        try (TrainingData again = TrainingData.shared(session, settings)) {
            Path file = images.resolve("train-images-idx3-ubyte");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
            try (TrainingData changed = TrainingData.shared(session, settings)) {
                assertNotSame(again.blocks(), changed.blocks());
            }
        }
        assertEquals(before, cached());
    }

    private static int cached() {
        return spark().getPersistentRDDs().size();
    }
}
