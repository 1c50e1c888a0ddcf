package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.spark.Partitions;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All folds of all settings in one pass, with class weights: the bits of a run depend on nothing else. */
@Tag("vector")
class FoldsTrainingTest extends SparkTest {

    private static final int CLASSES = 6;
    private static final int ROWS = 2500;
    private static final Folds FOLDS = new Folds(3, 7);
    private static final List<Run> RUNS = Run.all(
            Setting.grid(
                    List.of(Loss.LOGISTIC, Loss.MSE),
                    List.of(Optimizer.values()),
                    List.of(List.of(0.5, 2.0), List.of(0.0, 0.01), List.of(0.0, 0.9))),
            3);

    @TempDir
    static Path folder;

    private static List<TrainedRun> expected;

    @BeforeAll
    static void trainAllOnOnePartition() {
        TestImages.writeFolder(folder, ROWS, 300, CLASSES, 5);
        expected = train(RUNS, 1, KernelChoice.AUTO);
    }

    @ParameterizedTest
    @CsvSource({"3, AUTO", "7, AUTO", "2, SCALAR"})
    void partitionsAndKernelsAreIrrelevant(int partitions, KernelChoice kernel) {
        assertSame(expected, train(RUNS, partitions, kernel));
    }

    @Test
    void aRunHasTheSameBitsAlone() {
        for (int run = 0; run < RUNS.size(); run += 7) {
            assertSame(expected.subList(run, run + 1), train(RUNS.subList(run, run + 1), 2, KernelChoice.AUTO));
        }
    }

    private static List<TrainedRun> train(List<Run> runs, int partitions, KernelChoice kernel) {
        DataSets sets = new DataSets(
                read("train", partitions),
                HoldOut.none(),
                FOLDS,
                read("t10k", partitions),
                FeatureScaling.PIXEL,
                ClassWeighting.of("1:0.3,4:2.5"));
        try (CachedBlocks data = CachedBlocks.load(sets, Partitions.of(partitions))) {
            TrainingPlan plan = new TrainingPlan(runs, 6, new Start(0.01, 3), StopRules.NONE);
            return new ArrayList<>(new GradientDescent(new ClusterGradient(data, kernel), List.of())
                    .train(plan, data.features(), CLASSES));
        }
    }

    private static Examples read(String set, int partitions) {
        return IdxExamples.inspect(
                        folder.resolve(set + "-images-idx3-ubyte").toString(),
                        folder.resolve(set + "-labels-idx1-ubyte").toString(),
                        CLASSES,
                        new Configuration())
                .read(spark(), partitions);
    }

    private static void assertSame(List<TrainedRun> expected, List<TrainedRun> actual) {
        assertEquals(expected.size(), actual.size());
        for (int run = 0; run < actual.size(); run++) {
            EpochMetrics one = expected.get(run).last();
            EpochMetrics other = actual.get(run).last();
            assertEquals(one.train(), other.train());
            assertEquals(one.validation(), other.validation());
            assertEquals(one.test(), other.test());
            assertArrayEquals(
                    expected.get(run).model().toArray(), actual.get(run).model().toArray());
        }
    }
}
