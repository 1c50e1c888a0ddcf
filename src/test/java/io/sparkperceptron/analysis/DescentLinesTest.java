package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientKernel;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.gradient.StepKernel;
import io.sparkperceptron.gradient.StepSum;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Sigmoid;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares lines from passes over blocks in memory with the costs of moved weights, as plain sums over all rows. */
class DescentLinesTest {

    private static final int ROWS = 2500;
    private static final int FEATURES = 6;
    private static final int CLASSES = 3;
    private static final double[][] VALUES = TestBlocks.randomRows(ROWS, FEATURES, 0.7, 1);
    private static final int[] LABELS = TestBlocks.randomLabels(ROWS, CLASSES, 2);
    private static final FeatureFactors FACTORS = FeatureFactors.of(new double[] {1, 2, 0.5, 3, 1, 0.25});
    private static final ClassWeights CLASS_WEIGHTS =
            ClassWeighting.of("1:2.5").weights(ClassLabels.upTo(CLASSES), label -> 1);
    private static final Weights WEIGHTS =
            Weights.of(List.of(new Start(1, 3).model(CLASSES, FEATURES), new Start(2, 4).model(CLASSES, FEATURES)));
    private static final int[] EPOCHS = {7, 8};

    @ParameterizedTest
    @CsvSource({"LOGISTIC, 0", "MSE, 0", "LOGISTIC, 0.1", "MSE, 0.1"})
    void withAllRowsSampledCostsAreThoseOfMovedWeights(Loss loss, double l2) {
        Setting setting = new Setting(loss, 0.5, l2, 0);
        List<List<DescentLine>> lines = lines(ROWS, WEIGHTS, setting);
        for (int p = 0; p < WEIGHTS.columns(); p++) {
            DescentLine line = lines.get(p / CLASSES).get(p % CLASSES);
            assertEquals(p % CLASSES, line.unit());
            assertEquals(EPOCHS[p / CLASSES], line.epoch());
            double[] w = WEIGHTS.column(p);
            double[] g = gradient(w, line.unit(), setting);
            assertEquals(cost(w, line.unit(), setting), line.before(), 1e-12);
            assertEquals(cost(moved(w, g, 0.5), line.unit(), setting), line.after(), 1e-12);
            for (int step = 0; step <= DescentLines.STEPS; step++) {
                double s = DescentLines.place(step, line.longest());
                assertEquals(
                        cost(moved(w, g, s), line.unit(), setting), line.costs().get(step), 1e-5);
                double[] there = gradient(moved(w, g, s), line.unit(), setting);
                assertEquals(-dot(g, there), line.slopes().get(step), 1e-5);
                assertEquals(0, line.deviations().get(step));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"LOGISTIC, 0.5", "MSE, 0.5", "LOGISTIC, 0.001", "MSE, 30"})
    void aSampleErrsByAboutTheStandardErrorExceptAtStartAndRate(Loss loss, double rate) {
        Setting setting = new Setting(loss, rate, 0.01, 0);
        List<List<DescentLine>> lines = lines(250, WEIGHTS, setting);
        double squares = 0;
        int places = 0;
        for (int p = 0; p < WEIGHTS.columns(); p++) {
            DescentLine line = lines.get(p / CLASSES).get(p % CLASSES);
            double[] w = WEIGHTS.column(p);
            double[] g = gradient(w, line.unit(), setting);
            assertEquals(cost(w, line.unit(), setting), line.before(), 1e-12);
            assertEquals(cost(moved(w, g, rate), line.unit(), setting), line.after(), 1e-12);
            assertEquals((float) line.before(), line.costs().get(0));
            assertEquals(-dot(g, g), line.slopes().get(0), 1e-6 * dot(g, g));
            for (int step = 1; step <= DescentLines.STEPS; step++) {
                double s = DescentLines.place(step, line.longest());
                double missed = line.costs().get(step) - cost(moved(w, g, s), line.unit(), setting);
                double rounding = 1e-6 * Math.abs(line.costs().get(step));
                assertTrue(Math.abs(missed) < 5 * line.deviations().get(step) + rounding, line + " at " + step);
                if (line.deviations().get(step) > 10 * rounding) {
                    squares += Math.pow(missed / line.deviations().get(step), 2);
                    places++;
                }
            }
        }
        assertTrue(places > 10, places + " places");
        assertEquals(1, Math.sqrt(squares / places), 0.6);
    }

    @Test
    void theSampleDoesNotDependOnTheMergeOrder() {
        Setting setting = new Setting(Loss.LOGISTIC, 0.5, 0, 0);
        assertEquals(lines(250, WEIGHTS, setting), lines(250, WEIGHTS, setting, List.of(2, 0, 1)));
        assertNotEquals(lines(250, WEIGHTS, setting), lines(200, WEIGHTS, setting));
    }

    @Test
    void aLineReachesPastTheStepThatNoLongerLowersAQuadraticCost() {
        for (DescentLine line :
                lines(250, WEIGHTS, new Setting(Loss.LOGISTIC, 0.5, 0, 0)).get(0)) {
            List<Float> costs = line.costs();
            float least = costs.stream().min(Float::compare).orElseThrow();
            assertTrue(least < costs.get(0), costs.toString());
            assertTrue(least < costs.get(costs.size() - 1), costs.toString());
        }
    }

    @Test
    void aLineIsAtLeastTwiceAsLongAsTheRate() {
        lines(250, WEIGHTS, new Setting(Loss.LOGISTIC, 1e4, 0, 0))
                .get(0)
                .forEach(line -> assertEquals(2e4, line.longest()));
    }

    @Test
    void saturatedExamplesAreCountedOnAllRows() {
        Weights steep = steep(10);
        DescentLine line =
                lines(10, steep, new Setting(Loss.MSE, 1, 0, 0)).get(1).get(2);
        double[] w = steep.column(5);
        long saturated = IntStream.range(0, ROWS)
                .mapToDouble(row -> Sigmoid.sigmoid(score(w, row)))
                .filter(s -> s * (1 - s) < 0.0025)
                .count();
        assertTrue(saturated > 0 && saturated < ROWS);
        assertEquals((float) (saturated / (double) ROWS), line.saturated());
    }

    @Test
    void aPerceptronWithoutGradientHasOnlyItsSaturatedFraction() {
        Weights sure = new Weights(FEATURES, CLASSES, 1);
        for (int c = 0; c < CLASSES; c++) {
            sure.setColumn(c, new double[] {0, 0, 0, 0, 0, 0, -1e6});
        }
        DescentLine none = new DescentLine(7, 1, 1, 0, 0, 0, List.of(), List.of(), List.of());
        assertEquals(
                none, lines(250, sure, new Setting(Loss.MSE, 1, 0, 0)).get(0).get(1));
    }

    @Test
    void infiniteCostsMakeNoLine() {
        lines(250, WEIGHTS, new Setting(Loss.LOGISTIC, 1e300, 0, 0))
                .get(0)
                .forEach(line -> assertEquals(List.of(), line.costs()));
    }

    @Test
    void anUnweightedStepHasTheCostsOfTheKernelOfTraining() {
        List<ExampleBlock> blocks =
                TestBlocks.pack(Split.TRAIN, FEATURES, CLASSES, FeatureScaling.NONE, VALUES, LABELS);
        List<Objective> objectives = List.of(Objective.of(Loss.LOGISTIC), Objective.of(Loss.MSE));
        GradientKernel training = KernelChoice.SCALAR.kernel(WEIGHTS, objectives, grid());
        Weights both = new Weights(FEATURES, CLASSES, 4);
        for (int p = 0; p < WEIGHTS.columns(); p++) {
            both.setColumn(p, WEIGHTS.column(p));
        }
        StepKernel step = new StepKernel(
                both,
                List.of(Loss.LOGISTIC, Loss.MSE),
                new double[] {1, 1},
                ClassWeights.NONE,
                grid(),
                KernelChoice.SCALAR,
                0);
        blocks.forEach(training::add);
        blocks.forEach(step::add);
        StepSum sum = step.finish();
        double[] costs = IntStream.range(0, WEIGHTS.columns())
                .mapToDouble(p -> training.finish().perceptronCost(Split.TRAIN, p))
                .toArray();
        assertArrayEquals(
                costs,
                IntStream.range(0, WEIGHTS.columns()).mapToDouble(sum::before).toArray());
        assertArrayEquals(
                costs,
                IntStream.range(0, WEIGHTS.columns()).mapToDouble(sum::after).toArray());
    }

    private static Weights steep(double factor) {
        Weights steep = new Weights(FEATURES, CLASSES, 2);
        for (int i = 0; i < steep.values().length; i++) {
            steep.values()[i] = factor * WEIGHTS.values()[i];
        }
        return steep;
    }

    private static List<List<DescentLine>> lines(int sampled, Weights weights, Setting setting) {
        return lines(sampled, weights, setting, List.of(0, 1, 2));
    }

    /** Lines of runs with the same setting. The sums of blocks are merged in {@code order}. */
    private static List<List<DescentLine>> lines(int sampled, Weights weights, Setting setting, List<Integer> order) {
        List<ExampleBlock> blocks = TestBlocks.pack(
                Split.TRAIN, FEATURES, CLASSES, FeatureScaling.NONE, VALUES, LABELS, row -> 1 + row % 2);
        List<Setting> settings =
                IntStream.range(0, weights.runs()).mapToObj(run -> setting).toList();
        GradientKernel kernel = KernelChoice.SCALAR.kernel(
                FACTORS.times(weights),
                settings.stream().map(one -> Objective.of(one.loss())).toList(),
                CLASS_WEIGHTS,
                grid());
        blocks.forEach(kernel::add);
        Weights gradients = new Weights(FEATURES, CLASSES, weights.runs());
        double[] mean = kernel.finish().withFactors(FACTORS).meanGradient();
        System.arraycopy(mean, 0, gradients.values(), 0, mean.length);
        DescentLines lines = new DescentLines((both, losses, rates) -> order.stream()
                .map(number -> {
                    StepKernel step = new StepKernel(
                            FACTORS.times(both),
                            losses,
                            rates,
                            CLASS_WEIGHTS,
                            grid(),
                            KernelChoice.SCALAR,
                            sampled / (double) ROWS);
                    step.add(blocks.get(number));
                    return step.finish();
                })
                .reduce(StepSum::merge)
                .orElseThrow());
        return lines.of(EPOCHS, weights, gradients, settings);
    }

    private static FixedPointGrid grid() {
        return FixedPointGrid.forData(ROWS, 1, 3, 5, FEATURES, feature -> 2);
    }

    private static double score(double[] w, int row) {
        double z = w[FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            z += w[j] * FACTORS.of(j) * VALUES[row][j];
        }
        return z;
    }

    private static double weight(int row) {
        return (1 + row % 2) * (LABELS[row] == 1 ? 2.5 : 1);
    }

    private static double cost(double[] w, int unit, Setting setting) {
        double cost = 0;
        for (int row = 0; row < ROWS; row++) {
            cost += weight(row) * setting.loss().cost(score(w, row), LABELS[row] == unit) / ROWS;
        }
        for (int j = 0; j < FEATURES; j++) {
            cost += setting.l2() / 2 * w[j] * w[j];
        }
        return cost;
    }

    private static double[] gradient(double[] w, int unit, Setting setting) {
        double[] gradient = new double[w.length];
        for (int row = 0; row < ROWS; row++) {
            double slope = weight(row) * setting.loss().slope(score(w, row), LABELS[row] == unit) / ROWS;
            for (int j = 0; j < FEATURES; j++) {
                gradient[j] += slope * FACTORS.of(j) * VALUES[row][j];
            }
            gradient[FEATURES] += slope;
        }
        for (int j = 0; j < FEATURES; j++) {
            gradient[j] += setting.l2() * w[j];
        }
        return gradient;
    }

    private static double dot(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(j -> one[j] * other[j])
                .sum();
    }

    private static double[] moved(double[] w, double[] g, double s) {
        return IntStream.range(0, w.length).mapToDouble(j -> w[j] - s * g[j]).toArray();
    }
}
