package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.data.LibsvmExamples;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.spark.Partitions;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.GradientFunction;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.SparseVector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training gives the same bits for any partitions and any source of the same data. */
@Tag("vector")
class SameBitsTest extends SparkTest {

    private static final int TRAIN = 3000;
    private static final int TEST = 700;
    private static final int CLASSES = 6;
    private static final HoldOut HELD_OUT = HoldOut.draw(400, TRAIN, 5);
    private static final TrainingPlan PLAN = new TrainingPlan(
            List.of(
                    new Run(Loss.LOGISTIC, 0.5),
                    new Run(Loss.MSE, 2),
                    new Run(Loss.LOGISTIC, 1e200),
                    new Run(new Setting(Loss.LOGISTIC, 0.5, 0.01, 0.9), "with-both"),
                    new Run(new Setting(Loss.MSE, 2, 0, 0.5), "with-momentum"),
                    new Run(Setting.lbfgs(Loss.LOGISTIC, 0.01), "logistic-lbfgs"),
                    new Run(Setting.lbfgs(Loss.MSE, 0), "mse-lbfgs")),
            8,
            new Start(0.01, 3),
            StopRules.NONE);

    @TempDir
    static Path folder;

    private static final AtomicInteger FAILURES = new AtomicInteger();

    private static Outcome expected;

    private record Outcome(List<TrainedRun> runs, List<EpochMetrics> metrics, String fingerprint) {}

    @BeforeAll
    static void trainOnOnePartition() {
        TestImages.writeFolder(folder, TRAIN, TEST, CLASSES, 5);
        expected = train(idx("train", 1), idx("t10k", 1), 1);
    }

    /** The digest of weights that passed all other tests. Any change of bits changes it. */
    @Test
    void theBitsAreUnchanged() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (TrainedRun run : expected.runs().subList(0, 3)) {
            for (double weight : run.model().toArray()) {
                digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, weight));
            }
        }
        assertEquals(
                "32128b966f39d09c794f2afaea7523a332114fe8f15686c30490e9fc0334a046",
                HexFormat.of().formatHex(digest.digest()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 16})
    void partitionsAreIrrelevant(int partitions) {
        assertSame(train(idx("train", partitions), idx("t10k", partitions), partitions));
    }

    @Test
    void kernelsAreIrrelevant() {
        assertSame(train(idx("train", 3), idx("t10k", 3), 3, data -> new ClusterGradient(data, KernelChoice.SCALAR)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1000000", "1000000, 0"})
    void howWeightsAndSumsTravelIsIrrelevant(long mostDirectBytes, long mostCarriedBytes) {
        assertSame(train(
                idx("train", 16),
                idx("t10k", 16),
                16,
                data -> new ClusterGradient(data, KernelChoice.AUTO, mostDirectBytes, mostCarriedBytes)));
    }

    /** All tasks leave their sums to a task that never ends, as if an executor with these sums were killed. */
    @Test
    void lostSumsAreComputedAgain() {
        assertSame(train(idx("train", 5), idx("t10k", 5), 5, data -> {
            ClusterGradient gradient = new ClusterGradient(data, KernelChoice.AUTO);
            return (weights, objectives) -> {
                long before = PassTask.lastJob();
                ExecutorSums never = ExecutorSums.enter(before + 1);
                GradientSum sum = gradient.at(weights, objectives);
                assertEquals(before + 2, PassTask.lastJob(), "a job, and another for what was lost");
                never.leave(0, null);
                return sum;
            };
        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9})
    void blocksRedistributedBetweenEpochsGiveTheSame(int partitions) {
        assertSame(train(idx("train", 4), idx("t10k", 4), 4, data -> {
            ClusterGradient gradient = new ClusterGradient(data, KernelChoice.AUTO);
            AtomicInteger passes = new AtomicInteger();
            return (weights, objectives) -> {
                if (passes.incrementAndGet() % 3 == 0) {
                    data.redistribute(passes.get() == 3 ? partitions : 4);
                    assertEquals(passes.get() == 3 ? partitions : 4, data.partitions());
                }
                return gradient.at(weights, objectives);
            };
        }));
    }

    /** Nothing is cached, so that {@link #disturbed} affects the tasks of every pass. */
    @Test
    void tasksThatFinishInAnyOrderOrFailAndAreRetriedGiveTheSame() {
        Examples training = disturbed(idx("train", 3));
        Outcome outcome = train(training, idx("t10k", 3), 3, data -> {
            data.blocks().unpersist(true);
            return new ClusterGradient(data, KernelChoice.AUTO);
        });
        assertSame(outcome);
        assertTrue(FAILURES.get() >= PLAN.epochs(), FAILURES.get() + " failures");
    }

    /** In each pass, another task fails at its first try after others have finished. All tasks sleep a while. */
    private static Examples disturbed(Examples examples) {
        JavaRDD<LabeledPoint> points = examples.points().mapPartitions(rows -> {
            TaskContext task = TaskContext.get();
            Thread.sleep(new Random(task.taskAttemptId()).nextInt(60));
            if (task.attemptNumber() == 0 && task.stageId() % 3 == task.partitionId()) {
                FAILURES.incrementAndGet();
                throw new IllegalStateException("made to fail");
            }
            return rows;
        });
        return new Examples(
                points,
                examples.partitionRows(),
                examples.features(),
                examples.labels(),
                examples.shape(),
                examples.source());
    }

    @Test
    void standardScalingIsTheSameOnAnyPartitionsAndKernel() {
        Outcome one = train(idx("train", 1), idx("t10k", 1), 1, FeatureScaling.STANDARD, SameBitsTest::anyKernel);
        assertSame(one, train(idx("train", 7), idx("t10k", 7), 7, FeatureScaling.STANDARD, SameBitsTest::anyKernel));
        assertSame(
                one,
                train(
                        idx("train", 3),
                        idx("t10k", 3),
                        3,
                        FeatureScaling.STANDARD,
                        data -> new ClusterGradient(data, KernelChoice.SCALAR)));
    }

    @Test
    @Tag("thorough")
    void gzippedFilesGiveTheSame() {
        Path zipped = folder.resolve("zipped");
        TestImages.write(zipped.resolve("images"), TestImages.gzip(TestImages.images(TRAIN, CLASSES, 5, 1)));
        TestImages.write(zipped.resolve("labels"), TestImages.gzip(TestImages.labels(TRAIN, CLASSES)));
        Examples training = IdxExamples.inspect(
                        zipped.resolve("images").toString(),
                        zipped.resolve("labels").toString(),
                        CLASSES,
                        new Configuration())
                .read(spark(), 3);
        assertSame(train(training, idx("t10k", 3), 3));
    }

    @Test
    void rowsOfAnyRddAreShuffledToTheirBlocks() {
        JavaRDD<LabeledPoint> points =
                spark().parallelize(idx("train", 2).points().collect(), 7);
        Examples training = Examples.of(points, CLASSES * 5, ClassLabels.upTo(CLASSES), null, "memory");
        Examples test = Examples.of(idx("t10k", 5).points(), CLASSES * 5, ClassLabels.upTo(CLASSES), null, "memory");
        assertSame(train(training, test, 4));
    }

    @Test
    void libsvmTextOfTheSameNumbersGivesTheSame() {
        Path text = folder.resolve("train.libsvm");
        StringBuilder lines = new StringBuilder("# a comment\n\n");
        for (LabeledPoint point : idx("train", 1).points().collect()) {
            SparseVector vector = (SparseVector) point.features();
            lines.append((int) point.label());
            for (int k = 0; k < vector.indices().length; k++) {
                lines.append(' ').append(vector.indices()[k] + 1).append(':').append((int) vector.values()[k]);
            }
            lines.append('\n');
        }
        TestImages.write(text, lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Examples training =
                LibsvmExamples.inspect(text.toString(), new Configuration()).read(spark(), 0, null, 5);
        Examples test = Examples.of(idx("t10k", 5).points(), CLASSES * 5, ClassLabels.upTo(CLASSES), null, "memory");
        assertSame(train(training, test, 3));
    }

    private static Examples idx(String set, int partitions) {
        return IdxExamples.inspect(
                        folder.resolve(set + "-images-idx3-ubyte").toString(),
                        folder.resolve(set + "-labels-idx1-ubyte").toString(),
                        CLASSES,
                        new Configuration())
                .read(spark(), partitions);
    }

    private static GradientFunction anyKernel(CachedBlocks data) {
        return new ClusterGradient(data, KernelChoice.AUTO);
    }

    private static Outcome train(Examples training, Examples test, int partitions) {
        return train(training, test, partitions, SameBitsTest::anyKernel);
    }

    private static Outcome train(
            Examples training, Examples test, int partitions, Function<CachedBlocks, GradientFunction> gradient) {
        return train(training, test, partitions, FeatureScaling.UNIT_NORM, gradient);
    }

    private static Outcome train(
            Examples training,
            Examples test,
            int partitions,
            FeatureScaling scaling,
            Function<CachedBlocks, GradientFunction> gradient) {
        List<EpochMetrics> metrics = new ArrayList<>();
        TrainingListener recorder = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> runs) {
                metrics.addAll(runs);
            }
        };
        try (CachedBlocks data =
                CachedBlocks.load(new DataSets(training, HELD_OUT, test, scaling), Partitions.of(partitions))) {
            List<TrainedRun> runs = new GradientDescent(gradient.apply(data), List.of(recorder))
                    .train(PLAN, data.features(), data.classes());
            assertEquals(partitions, data.partitions());
            assertEquals(TRAIN - 400, data.summary(Split.TRAIN).rows());
            assertEquals(400, data.summary(Split.VALIDATION).rows());
            return new Outcome(runs, metrics, data.summary(Split.TRAIN).fingerprint());
        }
    }

    private static void assertSame(Outcome actual) {
        assertSame(expected, actual);
    }

    private static void assertSame(Outcome expected, Outcome actual) {
        assertEquals(expected.fingerprint(), actual.fingerprint());
        assertEquals(expected.metrics().size(), actual.metrics().size());
        for (int i = 0; i < actual.metrics().size(); i++) {
            EpochMetrics one = expected.metrics().get(i);
            EpochMetrics other = actual.metrics().get(i);
            assertEquals(one.train().cost(), other.train().cost());
            assertEquals(one.train().error(), other.train().error());
            assertEquals(one.validation().cost(), other.validation().cost());
            assertEquals(one.validation().error(), other.validation().error());
            assertEquals(one.test().cost(), other.test().cost());
            assertEquals(one.test().error(), other.test().error());
            assertEquals(one.penalty(), other.penalty());
            assertEquals(one.gradientNorm(), other.gradientNorm());
        }
        for (int run = 0; run < PLAN.runs().size(); run++) {
            assertArrayEquals(
                    expected.runs().get(run).model().toArray(),
                    actual.runs().get(run).model().toArray());
        }
    }
}
