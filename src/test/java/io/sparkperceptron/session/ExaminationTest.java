package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.analysis.DescentLine;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.block.ImageRow;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.ClusterImages;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.spark.Partitions;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingPlan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How trained runs are examined on large data, and what the findings say. */
class ExaminationTest extends SparkTest {

    private static final int TRAIN = 9500;
    private static final int HELD_OUT = 1500;
    private static final int TEST = 300;
    private static final int EXCERPT = 3000;
    private static final int HEIGHT = 10;
    private static final int WIDTH = 5;
    private static final int PIXELS = HEIGHT * WIDTH;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeImages() {
        TestImages.writeFolder(folder, TRAIN, TEST, HEIGHT, WIDTH);
    }

    @Test
    void anExcerptIsTheSameHoweverTheDataIsCut() {
        double[] once = gradientOfExcerpt(1);
        assertArrayEquals(once, gradientOfExcerpt(4));
        assertArrayEquals(once, gradientOfExcerpt(7));
    }

    @Test
    void anExcerptIsOfTrainingRowsSpreadOverAllAndOfTheTestSet() {
        try (TrainingData data = load(3);
                CachedBlocks excerpt = data.blocks().excerpt(EXCERPT)) {
            long rows = excerpt.rows(Split.TRAIN);
            assertTrue(rows > EXCERPT / 2 && rows <= EXCERPT * 1.1, rows + " rows");
            assertEquals(0, excerpt.rows(Split.VALIDATION));
            assertEquals(TEST, excerpt.rows(Split.TEST));
            assertEquals(0, excerpt.trainingAlone().rows(Split.TEST));
            assertEquals(TRAIN - HELD_OUT, excerpt.summary(Split.TRAIN).rows());
        }
    }

    @Test
    void aTestSetOfMoreRowsIsLeftOut() {
        try (TrainingData data = load(3);
                CachedBlocks excerpt = data.blocks().excerpt(TEST - 1)) {
            assertEquals(0, excerpt.rows(Split.TEST));
            assertEquals(TEST, data.blocks().rows(Split.TEST));
        }
    }

    @Test
    void anExcerptIsCachedUntilItIsClosed() {
        try (TrainingData data = load(3)) {
            int before = spark().getPersistentRDDs().size();
            CachedBlocks excerpt = data.blocks().excerpt(EXCERPT);
            assertEquals(before + 1, spark().getPersistentRDDs().size());
            excerpt.close();
            data.blocks().excerpt(TRAIN).close();
            assertEquals(before, spark().getPersistentRDDs().size());
        }
    }

    @Test
    void withFewRowsTheGradientIsThatOfTheTraining() {
        try (TrainingData data = load(3)) {
            CachedBlocks all = data.blocks().excerpt(TRAIN);
            assertEquals(TRAIN - HELD_OUT, all.rows(Split.TRAIN));
            assertArrayEquals(gradient(data.blocks()), gradient(all.trainingAlone()));
        }
    }

    @Test
    void theBoundIsOfAllRowsAndTheCurvatureOfAnExcerpt() {
        try (TrainingData data = load(3)) {
            Findings excerpt = look(data, EXCERPT);
            Findings whole = look(data, TRAIN);
            assertEquals(whole.largestEigenvalue(), excerpt.largestEigenvalue(), 1e-4 * whole.largestEigenvalue());
            assertEquals(data.blocks().excerpt(EXCERPT).rows(Split.TRAIN), excerpt.curvatureRows());
            assertNull(whole.curvatureRows());
            assertEquals(TRAIN - HELD_OUT, excerpt.trainingRows());
        }
    }

    @Test
    void aSampleIsOfTrainingRowsSpreadOverAll() {
        try (TrainingData data = load(3)) {
            List<ImageRow> rows = ClusterImages.images(data.blocks(), Split.TRAIN, 100);
            assertTrue(rows.size() > 60 && rows.size() <= 120, rows.size() + " rows");
            assertEquals(10, rows.stream().map(ImageRow::label).distinct().count());
            assertEquals(
                    TRAIN - HELD_OUT,
                    ClusterImages.images(data.blocks(), Split.TRAIN, TRAIN).size());
        }
    }

    @Test
    void aSampleOfImagesIsOfBothSets() {
        try (TrainingData data = load(3)) {
            List<ImageRow> rows = ClusterImages.images(data.blocks(), Split.TEST, 200);
            assertTrue(rows.size() > 150 && rows.size() <= 240, rows.size() + " rows");
            rows.forEach(row -> assertArrayEquals(testImage(row.row()), row.pixels()));
            assertEquals(
                    0,
                    ClusterImages.images(data.blocks().trainingAlone(), Split.TEST, 200)
                            .size());
        }
    }

    @Test
    void imagesOfRowsAreThoseOfTheFileInItsOrder() {
        try (TrainingData data = load(3)) {
            List<ImageRow> rows = ClusterImages.images(data.blocks(), Split.TEST, List.of(299L, 3L, 104L));
            assertEquals(
                    List.of(3L, 104L, 299L), rows.stream().map(ImageRow::row).toList());
            rows.forEach(row -> assertArrayEquals(testImage(row.row()), row.pixels()));
        }
    }

    @Test
    void theFindingsHaveASampleOfImagesWithTheWeightsOfClasses() {
        DataSettings settings =
                DataSettings.images(folder.toUri().toString(), HELD_OUT).withClassWeighting(ClassWeighting.of("0:2"));
        TrainingPlan plan = new TrainingPlan(List.of(new Run(Loss.LOGISTIC, 0.1)), 1, Start.ZEROS, StopRules.NONE);
        try (TrainingData data =
                        DataFiles.inspect(settings, new Configuration()).load(spark(), Partitions.of(3));
                Examination examination = new Examination(data.blocks(), KernelChoice.AUTO, TRAIN)) {
            CachedBlocks blocks = data.blocks();
            Recording recording = new Recording(plan);
            List<TrainedRun> runs = new GradientDescent(
                            new ClusterGradient(blocks, KernelChoice.AUTO), List.of(recording))
                    .train(plan, blocks.features(), blocks.classes());
            Examination.Found found = examination.examine(Start.ZEROS, runs, recording, null);
            Findings.Sample sample = found.findings().sample();
            int training = sample.trainingRows().size();
            assertTrue(training > 200 && training < 400, training + " training images");
            assertEquals(sample.images(), found.sample().size());
            assertEquals(List.of(2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0), sample.classWeights());
            for (int image = 0; image < sample.testRows().size(); image++) {
                assertArrayEquals(
                        testImage(sample.testRows().get(image)), found.sample().get(training + image));
            }
        }
    }

    @Test
    void classMeansAreThoseOfTheTrainingImages() {
        try (TrainingData data = load(3)) {
            List<byte[]> means = ClusterImages.classMeans(data.blocks());
            List<ImageRow> all = ClusterImages.images(data.blocks(), Split.TRAIN, TRAIN);
            for (int label = 0; label < means.size(); label++) {
                double[] sum = new double[data.blocks().features()];
                int images = 0;
                for (ImageRow row : all) {
                    if (row.label() == label) {
                        images++;
                        for (int j = 0; j < sum.length; j++) {
                            sum[j] += row.pixels()[j] & 0xFF;
                        }
                    }
                }
                for (int j = 0; j < sum.length; j++) {
                    assertEquals(sum[j] / images, means.get(label)[j] & 0xFF, 0.5001);
                }
            }
        }
    }

    @Test
    void aMeasuredStepEqualsTheStepOfTheRun() {
        List<Run> runs = List.of(
                new Run(new Setting(Loss.LOGISTIC, 0.5, 0, 0), "logistic-0.5"),
                new Run(new Setting(Loss.MSE, 2, 0.01, 0), "mse-2"),
                new Run(new Setting(Loss.LOGISTIC, 0.1, 0, 0.9), "ball"));
        TrainingPlan plan = new TrainingPlan(runs, 3, Start.ZEROS, StopRules.NONE);
        try (TrainingData data = load(3);
                Examination examination = new Examination(data.blocks(), KernelChoice.AUTO, EXCERPT)) {
            Recording recording = new Recording(plan);
            List<TrainedRun> trained = new GradientDescent(
                            new ClusterGradient(data.blocks(), KernelChoice.AUTO), List.of(recording))
                    .train(plan, data.features(), data.classes());
            Findings findings =
                    examination.examine(Start.ZEROS, trained, recording, null).findings();
            assertTrue(findings.curvatureRows() < TRAIN - HELD_OUT);
            assertTrue(findings.lineRows() > 850 && findings.lineRows() < 1150, findings.lineRows() + " rows");
            for (int run = 0; run < runs.size(); run++) {
                List<EpochMetrics> metrics = recording.metrics().get(runs.get(run));
                List<DescentLine> lines = findings.runs().get(run).measured().lines();
                assertEquals(
                        List.of(0, 1, 2, 3),
                        lines.stream().map(DescentLine::epoch).distinct().toList());
                for (int epoch = 0; epoch <= 3; epoch++) {
                    assertEquals(metrics.get(epoch).objective(), sum(lines, epoch, DescentLine::before), 1e-12);
                    if (epoch < 3) {
                        double missed = metrics.get(epoch + 1).objective() - sum(lines, epoch, DescentLine::after);
                        boolean isWithoutMomentum = run < 2 || epoch == 0;
                        assertEquals(isWithoutMomentum, Math.abs(missed) < 1e-12, missed + " at " + epoch);
                    }
                }
            }
        }
    }

    @Test
    void theCurvatureOfManyRunsIsOfFewerRowsAndTheirLinesOfAll() {
        List<Run> runs = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> new Run(Loss.LOGISTIC, i / 20.0))
                .toList();
        Findings alone = look(runs.subList(9, 10));
        Findings together = look(runs);
        assertNull(alone.curvatureRows());
        double share = together.curvatureRows() / (double) TRAIN;
        assertTrue(share > 0.2 && share < 0.35, together.curvatureRows() + " rows");
        Findings.Measured one = alone.runs().get(0).measured();
        Findings.Measured same = together.runs().get(9).measured();
        assertEquals(one.lines(), same.lines());
        for (int point = 0; point < one.curvature().size(); point++) {
            double expected = one.curvature().get(point).largest();
            assertEquals(expected, same.curvature().get(point).largest(), 0.1 * expected);
        }
    }

    private static Findings look(List<Run> runs) {
        TrainingPlan plan = new TrainingPlan(runs, 3, Start.ZEROS, StopRules.NONE);
        try (TrainingData data = load(3);
                Examination examination = new Examination(data.blocks(), KernelChoice.AUTO, TRAIN)) {
            Recording recording = new Recording(plan);
            List<TrainedRun> trained = new GradientDescent(
                            new ClusterGradient(data.blocks(), KernelChoice.AUTO), List.of(recording))
                    .train(plan, data.features(), data.classes());
            return examination.examine(Start.ZEROS, trained, recording, null).findings();
        }
    }

    /** An image of the test set, read from its file after the header of 16 bytes. */
    private static byte[] testImage(long row) {
        int from = 16 + (int) row * PIXELS;
        return Arrays.copyOfRange(TestImages.images(TEST, HEIGHT, WIDTH, 2), from, from + PIXELS);
    }

    private static double sum(List<DescentLine> lines, int epoch, ToDoubleFunction<DescentLine> cost) {
        return lines.stream()
                .filter(line -> line.epoch() == epoch)
                .mapToDouble(cost)
                .sum();
    }

    private static Findings look(TrainingData data, long rows) {
        try (Examination examination = new Examination(data.blocks(), KernelChoice.AUTO, rows)) {
            return examination
                    .examine(Start.ZEROS, List.of(), new Recording(List.of()), null)
                    .findings();
        }
    }

    private static double[] gradientOfExcerpt(int partitions) {
        try (TrainingData data = load(partitions);
                CachedBlocks excerpt = data.blocks().excerpt(EXCERPT)) {
            return gradient(excerpt);
        }
    }

    private static double[] gradient(CachedBlocks blocks) {
        return new ClusterGradient(blocks, KernelChoice.AUTO)
                .at(new Weights(blocks.features(), blocks.classes(), 1), List.of(Objective.of(Loss.LOGISTIC)))
                .meanGradient();
    }

    private static TrainingData load(int partitions) {
        return DataFiles.inspect(DataSettings.images(folder.toUri().toString(), HELD_OUT), new Configuration())
                .load(spark(), Partitions.of(partitions));
    }
}
