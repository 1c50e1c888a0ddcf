package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.UserException;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.data.TableColumns;
import io.sparkperceptron.data.TableExamples;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.spark.Partitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data that differ when they are read again, as for a lost executor, stop the next pass. */
class ChangedDataTest extends SparkTest {

    private static final int CLASSES = 4;
    private static final int TRAIN = 2500;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "train-images-idx3-ubyte, train-images-idx3-ubyte, 0, 0",
        "train-labels-idx1-ubyte, train-images-idx3-ubyte, 0, 0",
        "train-images-idx3-ubyte, train-images-idx3-ubyte, 700, 0",
        "train-images-idx3-ubyte, train-images-idx3-ubyte, 0, 3",
        "t10k-images-idx3-ubyte, t10k-images-idx3-ubyte, 0, 0",
        "t10k-labels-idx1-ubyte, t10k-images-idx3-ubyte, 0, 0"
    })
    void ofAsManyRowsAreFound(String changed, String named, int heldOut, int folds) throws IOException {
        TestImages.writeFolder(folder, TRAIN, 600, CLASSES, 5);
        int rows = changed.startsWith("train") ? TRAIN : 600;
        Path file = folder.resolve(changed);
        byte[] other = changed.contains("images")
                ? TestImages.images(rows, CLASSES, 5, 3)
                : TestImages.labels(rows, CLASSES - 1);
        DataSets sets = new DataSets(
                idx("train"),
                HoldOut.draw(heldOut, TRAIN, 1),
                folds == 0 ? Folds.NONE : new Folds(folds, 1),
                idx("t10k"),
                FeatureScaling.PIXEL,
                ClassWeighting.NONE);
        try (CachedBlocks data = CachedBlocks.load(sets, Partitions.of(3))) {
            double[] before = pass(data);
            data.blocks().unpersist(true);
            assertArrayEquals(before, pass(data));
            Path kept = folder.resolve("kept");
            Files.move(file, kept);
            TestImages.write(file, other);
            assertEquals(
                    "Expected the rows that were read first from file:" + folder.resolve(named)
                            + ", found other features, labels or weights when they were read again; the files have"
                            + " changed, or give other rows whenever they are read: train again on data that stay"
                            + " as they are",
                    assertThrows(UserException.class, () -> pass(data)).getMessage());
            Split set = changed.startsWith("train") ? Split.TRAIN : Split.TEST;
            assertThrows(UserException.class, () -> evaluate(data, set));
            Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
            evaluate(data, set);
            assertArrayEquals(before, pass(data));
        }
    }

    @Test
    void rowsOfADataFrameThatChangeWithEveryReadAreFound() {
        SparkSession session = SparkSession.builder().sparkContext(spark().sc()).getOrCreate();
        session.udf()
                .register(
                        "time_of_reading", (UDF1<Long, Double>) id -> (double) System.nanoTime(), DataTypes.DoubleType);
        // Whole blocks, so that no block comes from the files of a shuffle.
        Dataset<Row> table =
                session.range(0, 3000, 1, 3).selectExpr("CAST(id % 2 AS double) AS label", "time_of_reading(id) AS x");
        TableColumns columns = new TableColumns(List.of("x"), "label", null, null);
        Examples training = TableExamples.of(table, columns, "the table").read();
        DataSets sets = new DataSets(training, HoldOut.none(), Examples.none(training), FeatureScaling.NONE);
        try (CachedBlocks data = CachedBlocks.load(sets, Partitions.of(3))) {
            assertArrayEquals(pass(data), pass(data));
            data.blocks().unpersist(true);
            String told = assertThrows(UserException.class, () -> pass(data)).getMessage();
            assertEquals("Expected the rows that were read first from the table", told.split(",", -1)[0]);
        }
    }

    @Test
    void changesAreFoundInExcerptsToo() {
        TestImages.writeFolder(folder, TRAIN, 600, CLASSES, 5);
        DataSets sets = new DataSets(idx("train"), HoldOut.draw(50, TRAIN, 1), idx("t10k"), FeatureScaling.PIXEL);
        try (CachedBlocks data = CachedBlocks.load(sets, Partitions.of(3));
                CachedBlocks excerpt = data.excerpt(1000)) {
            pass(excerpt);
            pass(excerpt.trainingAlone());
            pass(data.trainingAlone());
            pass(data.excerpt(TRAIN));
            assertEquals(0, data.excerpt(TRAIN).rows(Split.VALIDATION));
            TestImages.write(folder.resolve("train-images-idx3-ubyte"), TestImages.images(TRAIN, CLASSES, 5, 3));
            excerpt.blocks().unpersist(true);
            pass(excerpt);
            data.blocks().unpersist(true);
            assertThrows(UserException.class, () -> pass(excerpt));
            assertThrows(UserException.class, () -> pass(data.trainingAlone()));
        }
    }

    private static double[] pass(CachedBlocks data) {
        return new ClusterGradient(data, KernelChoice.AUTO)
                .at(new Weights(data.features(), data.classes(), 1), List.of(Objective.of(Loss.LOGISTIC)))
                .meanGradient();
    }

    private static void evaluate(CachedBlocks data, Split set) {
        int weights = data.classes() * (data.features() + 1);
        ClusterEvaluation.of(
                data, set, List.of(new PerceptronModel(data.classes(), data.features(), new double[weights])), 1);
    }

    private Examples idx(String set) {
        return IdxExamples.inspect(
                        folder.resolve(set + "-images-idx3-ubyte").toString(),
                        folder.resolve(set + "-labels-idx1-ubyte").toString(),
                        CLASSES,
                        new Configuration())
                .read(spark(), 3);
    }
}
