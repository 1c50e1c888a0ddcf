package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.SampledRow;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Sigmoid;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines on rows in memory, against costs of weights that were moved. */
class DescentLinesTest {

    private static final int ROWS = 60;
    private static final int FEATURES = 6;
    private static final int CLASSES = 3;
    private static final double[][] VALUES = TestBlocks.randomRows(ROWS, FEATURES, 0.7, 1);
    private static final int[] LABELS = TestBlocks.randomLabels(ROWS, CLASSES, 2);
    private static final double[] FACTORS = {1, 2, 0.5, 3, 1, 0.25};
    private static final PerceptronModel MODEL = new Start(1, 3).model(CLASSES, FEATURES);

    @ParameterizedTest
    @CsvSource({"LOGISTIC, 0", "MSE, 0", "LOGISTIC, 0.1", "MSE, 0.1"})
    void costsAreThoseOfWeightsMovedAgainstTheGradient(Loss loss, double l2) {
        Setting setting = new Setting(loss, 0.5, l2, 0);
        List<DescentLine> lines = lines().of(7, MODEL, setting);
        assertEquals(CLASSES, lines.size());
        for (int unit = 0; unit < CLASSES; unit++) {
            DescentLine line = lines.get(unit);
            assertEquals(unit, line.unit());
            assertEquals(7, line.epoch());
            double[] w = weights(unit);
            double[] g = gradient(w, unit, loss, l2);
            for (int step = 0; step <= DescentLines.STEPS; step++) {
                double s = DescentLines.place(step, line.longest());
                assertEquals(cost(moved(w, g, s), unit, loss, l2), line.costs().get(step), 1e-5);
                double h = 1e-5 * line.longest();
                double slope =
                        (cost(moved(w, g, s + h), unit, loss, l2) - cost(moved(w, g, s - h), unit, loss, l2)) / (2 * h);
                assertEquals(slope, line.slopes().get(step), 1e-5);
            }
        }
    }

    @Test
    void aLineReachesPastTheStepThatNoLongerLowersAQuadraticCost() {
        for (DescentLine line : lines().of(0, MODEL, new Setting(Loss.LOGISTIC, 0.5, 0, 0))) {
            List<Float> costs = line.costs();
            float least = costs.stream().min(Float::compare).orElseThrow();
            assertTrue(least < costs.get(0), costs.toString());
            assertTrue(least < costs.get(costs.size() - 1), costs.toString());
        }
    }

    @Test
    void aLineIsAtLeastTwiceAsLongAsTheRate() {
        lines().of(0, MODEL, new Setting(Loss.LOGISTIC, 1e4, 0, 0)).forEach(line -> assertEquals(2e4, line.longest()));
    }

    @Test
    void theShareOfSaturatedExamplesIsCounted() {
        PerceptronModel steep = new PerceptronModel(
                CLASSES,
                FEATURES,
                Arrays.stream(MODEL.toArray()).map(weight -> 10 * weight).toArray());
        DescentLine line = lines().of(0, steep, new Setting(Loss.MSE, 1, 0, 0)).get(0);
        double[] w = IntStream.rangeClosed(0, FEATURES)
                .mapToDouble(j -> steep.weight(0, j))
                .toArray();
        long saturated = IntStream.range(0, ROWS)
                .mapToDouble(row -> Sigmoid.sigmoid(score(w, row)))
                .filter(s -> s * (1 - s) < 0.0025)
                .count();
        assertTrue(saturated > 0 && saturated < ROWS);
        assertEquals(saturated / (double) ROWS, line.saturated(), 1e-6);
    }

    @Test
    void ofAPerceptronWithoutAGradientThereIsNoLine() {
        PerceptronModel sure = new PerceptronModel(1, FEATURES, new double[] {0, 0, 0, 0, 0, 0, -1e6});
        DescentLines ofOthers = new DescentLines(
                rows().stream().filter(row -> row.label() != 0).toList(), ClassWeights.NONE, FeatureFactors.NONE);
        assertEquals(List.of(), ofOthers.of(0, sure, new Setting(Loss.MSE, 1, 0, 0)));
    }

    @Test
    void costsPastAllBoundsMakeNoLine() {
        assertEquals(List.of(), lines().of(0, MODEL, new Setting(Loss.LOGISTIC, 1e300, 0, 0)));
    }

    private static DescentLines lines() {
        return new DescentLines(rows(), ClassWeights.NONE, FeatureFactors.of(FACTORS));
    }

    private static List<SampledRow> rows() {
        ExampleBlock block = TestBlocks.pack(
                        Split.TRAIN, FEATURES, CLASSES, FeatureScaling.NONE, VALUES, LABELS, row -> 1 + row % 2)
                .get(0);
        return IntStream.range(0, ROWS)
                .mapToObj(row -> new SampledRow(block, row))
                .toList();
    }

    private static double[] weights(int unit) {
        return IntStream.rangeClosed(0, FEATURES)
                .mapToDouble(j -> MODEL.weight(unit, j))
                .toArray();
    }

    private static double score(double[] w, int row) {
        double z = w[FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            z += w[j] * FACTORS[j] * VALUES[row][j];
        }
        return z;
    }

    private static double cost(double[] w, int unit, Loss loss, double l2) {
        double cost = 0;
        for (int row = 0; row < ROWS; row++) {
            cost += (1 + row % 2) * loss.cost(score(w, row), LABELS[row] == unit) / ROWS;
        }
        for (int j = 0; j < FEATURES; j++) {
            cost += l2 / 2 * w[j] * w[j];
        }
        return cost;
    }

    private static double[] gradient(double[] w, int unit, Loss loss, double l2) {
        double[] gradient = new double[w.length];
        for (int j = 0; j < w.length; j++) {
            double[] up = w.clone();
            double[] down = w.clone();
            up[j] += 1e-6;
            down[j] -= 1e-6;
            gradient[j] = (cost(up, unit, loss, l2) - cost(down, unit, loss, l2)) / 2e-6;
        }
        return gradient;
    }

    private static double[] moved(double[] w, double[] g, double s) {
        return IntStream.range(0, w.length).mapToDouble(j -> w[j] - s * g[j]).toArray();
    }
}
