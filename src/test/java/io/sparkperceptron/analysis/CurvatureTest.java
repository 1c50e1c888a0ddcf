package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MemoryGradient;
import io.sparkperceptron.analysis.Curvature.Estimate;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.GradientFunction;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares curvature and gradient on blocks in memory with dense matrices, and checks a wrong gradient. */
class CurvatureTest {

    private static final int FEATURES = MemoryGradient.FEATURES;
    private static final int CLASSES = MemoryGradient.CLASSES;

    private final GradientFunction gradient = new MemoryGradient(0.7);

    @Test
    void theLargestEigenvalueIsThatOfTheDenseMatrix() {
        double dense = largest(hessian((row, target) -> 1));
        double found = new Curvature(gradient, FEATURES, CLASSES, 1).largestEigenvalue();
        assertEquals(dense, found, 1e-7 * dense);
    }

    @Test
    void theEigenvalueOfAllDataIsFoundFromThatOfASampleInAFewPasses() {
        GradientFunction whole = new MemoryGradient(0.6);
        double expected = new Curvature(whole, FEATURES, CLASSES, 1).largestEigenvalue();
        Curvature curvature = new Curvature(gradient, FEATURES, CLASSES, 1);
        double ofSample = curvature.largestEigenvalue();
        AtomicInteger passes = new AtomicInteger();
        double found = curvature.largestEigenvalueOf(
                (weights, losses) -> {
                    passes.incrementAndGet();
                    return whole.at(weights, losses);
                },
                4);
        assertEquals(4, passes.get());
        assertTrue(Math.abs(ofSample - expected) > 1e-3 * expected, ofSample + " and " + expected);
        assertEquals(expected, found, 1e-4 * expected);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void aRunsCurvatureIsThatOfItsMostCurvedPerceptron(Loss loss) {
        PerceptronModel model = new Start(1, 7).model(CLASSES, FEATURES);
        double dense = IntStream.range(0, CLASSES)
                .mapToObj(c -> largest(hessian((row, target) -> loss.curvature(z(model, c, row), target == c))))
                .max(Comparator.comparingDouble(Math::abs))
                .orElseThrow();
        Weights weights = Weights.of(List.of(model, model));
        List<Estimate> found = largest(gradient, weights, List.of(Objective.of(loss), Objective.of(loss)), 200, 200);
        for (Estimate ofRun : found) {
            assertEquals(dense, ofRun.eigenvalue(), 1e-4 * Math.abs(dense));
            assertTrue(ofRun.residual() < 0.01, ofRun.toString());
        }
    }

    /** If a perceptron accepts nearly all rows, s is above 2/3, where the squared error of a wrong yes is concave. */
    @Test
    void aNegativeEigenvalueCountsByItsAbsoluteValue() {
        double[] rows = new double[CLASSES * (FEATURES + 1)];
        double[] biases = {-1.4, 1.8, -1.4};
        for (int c = 0; c < CLASSES; c++) {
            rows[c * (FEATURES + 1) + FEATURES] = biases[c];
        }
        PerceptronModel model = new PerceptronModel(CLASSES, FEATURES, rows);
        List<Double> dense = IntStream.range(0, CLASSES)
                .mapToObj(c -> largest(hessian((row, target) -> Loss.MSE.curvature(z(model, c, row), target == c))))
                .toList();
        assertTrue(dense.get(0) > 0 && dense.get(1) < -1.5 * dense.get(0), dense.toString());
        Estimate found = largest(gradient, Weights.of(List.of(model)), List.of(Objective.of(Loss.MSE)), 200, 200)
                .get(0);
        assertEquals(dense.get(1), found.eigenvalue(), -1e-4 * dense.get(1));
    }

    @Test
    void anEigenvalueIsNoFartherThanTheResidualAndMoreStepsAreDoneWhereItIsLarge() {
        PerceptronModel model = new Start(1, 7).model(CLASSES, FEATURES);
        List<Double> eigenvalues = new ArrayList<>();
        for (int unit = 0; unit < CLASSES; unit++) {
            int c = unit;
            double[][] hessian = hessian((row, target) -> Loss.MSE.curvature(z(model, c, row), target == c));
            for (double value : new EigenDecomposition(new Array2DRowRealMatrix(hessian)).getRealEigenvalues()) {
                eigenvalues.add(value);
            }
        }
        AtomicInteger passes = new AtomicInteger();
        GradientFunction counted = (weights, losses) -> {
            passes.incrementAndGet();
            return gradient.at(weights, losses);
        };
        Weights weights = Weights.of(List.of(model));
        Estimate rough =
                largest(counted, weights, List.of(Objective.of(Loss.MSE)), 1, 1).get(0);
        double distance = eigenvalues.stream()
                .mapToDouble(value -> Math.abs(value - rough.eigenvalue()))
                .min()
                .orElseThrow();
        assertTrue(rough.residual() > 0.1, rough.toString());
        assertTrue(distance <= rough.residual() * Math.abs(rough.eigenvalue()) + 1e-6, rough + " " + eigenvalues);
        assertEquals(2, passes.getAndSet(0));
        Estimate finer = largest(counted, weights, List.of(Objective.of(Loss.MSE)), 1, 50)
                .get(0);
        assertTrue(finer.residual() <= 0.1, finer.toString());
        assertTrue(passes.get() > 2 && passes.get() < 51, passes + " passes");
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void everyPerceptronHasTheSameCurvatureAtZeroWeights(Loss loss) {
        Weights zero = new Weights(FEATURES, CLASSES, 1);
        double found = largest(gradient, zero, List.of(Objective.of(loss)), 200, 200)
                .get(0)
                .eigenvalue();
        double expected = new StabilityBound(largest(hessian((row, target) -> 1))).curvatureAtZero(loss);
        assertEquals(expected, found, 1e-4 * expected);
    }

    /** As at the start of a training, for several runs. */
    @Test
    void afterTheLargestEigenvalueAFewStepsAreEnoughNearZero() {
        Curvature curvature = new Curvature(gradient, FEATURES, CLASSES, 1);
        double atZero = curvature.largestEigenvalue() / 4;
        Weights zeros = new Weights(FEATURES, CLASSES, 2);
        Objective logistic = Objective.of(Loss.LOGISTIC);
        for (Estimate found : largest(curvature, gradient, zeros, List.of(logistic, logistic), 1, 1)) {
            assertEquals(atZero, found.eigenvalue(), 1e-6 * atZero);
        }
    }

    @Test
    void belowTheGuaranteedRateNoStepRaisesTheCost() {
        double eigenvalue = new Curvature(gradient, FEATURES, CLASSES, 1).largestEigenvalue();
        StabilityBound bound = new StabilityBound(eigenvalue);
        assertEquals(8 / eigenvalue, bound.rate(Loss.LOGISTIC), 1e-12);
        double largest = IntStream.rangeClosed(-8000, 8000)
                .mapToDouble(z -> Loss.MSE.curvature(z / 1000.0, false))
                .max()
                .orElseThrow();
        assertEquals(largest, bound.smoothness(Loss.MSE) / eigenvalue, 1e-7);
    }

    @ParameterizedTest
    @CsvSource({"LOGISTIC,0", "LOGISTIC,0.3", "MSE,0", "MSE,0.3"})
    void theGradientIsThatOfCostAndPenalty(Loss loss, double l2) {
        PerceptronModel model = new Start(0.5, 3).model(CLASSES, FEATURES);
        List<Integer> all = IntStream.rangeClosed(0, FEATURES).boxed().toList();
        GradientCheck.Deviation result = GradientCheck.check(gradient, model, loss, l2, all, 1);
        assertEquals((FEATURES + 1) * CLASSES, result.entries());
        assertTrue(result.passed(), result.toString());
    }

    @Test
    void withMomentumTheBoundGrowsAndWithAPenaltyItShrinks() {
        StabilityBound bound = new StabilityBound(39);
        Setting plain = new Setting(Loss.LOGISTIC, 0.5, 0, 0);
        assertEquals(bound.rate(Loss.LOGISTIC), bound.rate(plain));
        assertEquals(1.9 * bound.rate(Loss.LOGISTIC), bound.rate(new Setting(Loss.LOGISTIC, 0.5, 0, 0.9)), 1e-15);
        Setting both = new Setting(Loss.MSE, 0.5, 0.25, 0.5);
        assertEquals(3 / (bound.smoothness(Loss.MSE) + 0.25), bound.rate(both), 1e-15);
        assertEquals(
                2,
                StabilityBound.reach(new Setting(Loss.MSE, bound.rate(both), 0.25, 0.5), bound.smoothness(Loss.MSE)),
                1e-14);
    }

    /** On a quadratic cost, heavy ball converges just below the bound and diverges just above it. */
    @ParameterizedTest
    @CsvSource({"0.99,0", "1.01,0", "0.99,0.9", "1.01,0.9"})
    void theBoundSeparatesConvergenceFromDivergenceOfHeavyBall(double part, double momentum) {
        StabilityBound bound = new StabilityBound(8);
        double rate = part * bound.rate(new Setting(Loss.LOGISTIC, 1, 0, momentum));
        double weight = 1;
        double velocity = 0;
        for (int step = 0; step < 10_000; step++) {
            velocity = momentum * velocity - rate * bound.smoothness(Loss.LOGISTIC) * weight;
            weight += velocity;
        }
        assertEquals(part < 1, Math.abs(weight) < 1e-3);
    }

    @Test
    void findsAGradientOfAnotherCost() {
        PerceptronModel model = new Start(0.5, 3).model(CLASSES, FEATURES);
        // The gradient of one loss, which is requested first, with the costs of the other loss.
        GradientFunction wrong = (weights, objectives) ->
                gradient.at(weights, weights.runs() == 1 ? List.of(Objective.of(Loss.MSE)) : objectives);
        GradientCheck.Deviation result = GradientCheck.check(wrong, model, Loss.LOGISTIC, 0, List.of(0, FEATURES), 1);
        assertFalse(result.passed(), result.toString());
        assertTrue(result.deviation() > 0.1, result.toString());
    }

    @Test
    void aHistogramCountsWeightsOfRareFeaturesInItsMiddle() {
        PerceptronModel model = new PerceptronModel(1, 3, new double[] {0, 0, 5, 9});
        WeightHistogram histogram = WeightHistogram.of(model, bits(1, 2), bits(2));
        assertEquals(1, histogram.rarelyActiveInMiddle());
        assertEquals(1, histogram.still().get(WeightHistogram.BINS / 2));
    }

    private static List<Estimate> largest(
            GradientFunction rows, Weights weights, List<Objective> objectives, int fewest, int most) {
        return largest(new Curvature(rows, FEATURES, CLASSES, 1), rows, weights, objectives, fewest, most);
    }

    private static List<Estimate> largest(
            Curvature curvature,
            GradientFunction rows,
            Weights weights,
            List<Objective> objectives,
            int fewest,
            int most) {
        double[] base = rows.at(weights, objectives).meanGradient();
        return curvature.largest(rows, weights, objectives, base, fewest, most);
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        Arrays.stream(set).forEach(bits::set);
        return bits;
    }

    /** The matrix X' D X / n, with D from row and label. */
    private static double[][] hessian(ToDoubleBiFunction<double[], Integer> curvature) {
        double[][] rows = TestBlocks.randomRows(MemoryGradient.ROWS, FEATURES, 0.7, 1);
        int[] labels = TestBlocks.randomLabels(MemoryGradient.ROWS, CLASSES, 2);
        double[][] matrix = new double[FEATURES + 1][FEATURES + 1];
        for (int i = 0; i < rows.length; i++) {
            double[] x = Arrays.copyOf(rows[i], FEATURES + 1);
            x[FEATURES] = 1;
            double d = curvature.applyAsDouble(rows[i], labels[i]);
            for (int j = 0; j <= FEATURES; j++) {
                for (int k = 0; k <= FEATURES; k++) {
                    matrix[j][k] += d * x[j] * x[k] / rows.length;
                }
            }
        }
        return matrix;
    }

    /** The eigenvalue of the largest absolute value, with its sign. */
    private static double largest(double[][] matrix) {
        return Arrays.stream(new EigenDecomposition(new Array2DRowRealMatrix(matrix)).getRealEigenvalues())
                .boxed()
                .max(Comparator.comparingDouble(Math::abs))
                .orElseThrow();
    }

    private static double z(PerceptronModel model, int label, double[] row) {
        double z = model.weight(label, FEATURES);
        for (int j = 0; j < FEATURES; j++) {
            z += model.weight(label, j) * row[j];
        }
        return z;
    }
}
