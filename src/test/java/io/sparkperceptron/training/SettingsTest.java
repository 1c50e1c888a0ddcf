package io.sparkperceptron.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.MemoryGradient;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares penalty and momentum with a plain loop, on blocks in memory. Also tests grids and run names. */
class SettingsTest {

    private static final int FEATURES = MemoryGradient.FEATURES;
    private static final int CLASSES = MemoryGradient.CLASSES;
    private static final int ROWS = MemoryGradient.ROWS;
    private static final double DENSITY = 0.7;
    private static final int EPOCHS = 25;

    private final double[][] rows = TestBlocks.randomRows(ROWS, FEATURES, DENSITY, 1);
    private final int[] labels = TestBlocks.randomLabels(ROWS, CLASSES, 2);
    private MemoryGradient gradient = new MemoryGradient(DENSITY);

    @ParameterizedTest
    @CsvSource({
        "LOGISTIC,0.5,0,0", "LOGISTIC,0.5,0.1,0", "LOGISTIC,0.5,0,0.9", "LOGISTIC,0.2,0.03,0.95",
        "MSE,2,0,0", "MSE,2,0.01,0", "MSE,2,0,0.5", "MSE,1,1.5,0.8"
    })
    void agreesWithAPlainLoop(Loss loss, double rate, double l2, double momentum) {
        Setting setting = new Setting(loss, rate, l2, momentum);
        Start start = new Start(0.3, 9);
        List<EpochMetrics> told = new ArrayList<>();
        TrainedRun trained = train(start, told, new Run(setting, "one")).get(0);
        double[] weights = start.model(CLASSES, FEATURES).toArray();
        double[] velocity = new double[weights.length];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            double[] objective = new double[1];
            double[] slope = slope(setting, weights, objective);
            assertEquals(objective[0], told.get(epoch).objective(), 1e-11);
            assertEquals(norm(slope), told.get(epoch).gradientNorm(), 1e-11);
            for (int i = 0; i < weights.length; i++) {
                velocity[i] = momentum * velocity[i] - rate * slope[i];
                weights[i] += velocity[i];
            }
        }
        assertArrayEquals(weights, trained.model().toArray(), 1e-10);
    }

    /** The gradient of cost and penalty, class by class with the bias last. Modified: objective. */
    private double[] slope(Setting setting, double[] weights, double[] objective) {
        double[] slope = new double[weights.length];
        for (int c = 0; c < CLASSES; c++) {
            int at = c * (FEATURES + 1);
            for (int i = 0; i < ROWS; i++) {
                double z = weights[at + FEATURES];
                for (int j = 0; j < FEATURES; j++) {
                    z += weights[at + j] * rows[i][j];
                }
                double s = 1 / (1 + Math.exp(-z));
                double t = labels[i] == c ? 1 : 0;
                boolean logistic = setting.loss() == Loss.LOGISTIC;
                objective[0] += (logistic ? -Math.log(t == 1 ? s : 1 - s) : (s - t) * (s - t) / 2) / ROWS;
                double delta = (logistic ? s - t : (s - t) * s * (1 - s)) / ROWS;
                for (int j = 0; j < FEATURES; j++) {
                    slope[at + j] += delta * rows[i][j];
                }
                slope[at + FEATURES] += delta;
            }
            for (int j = 0; j < FEATURES; j++) {
                objective[0] += setting.l2() / 2 * weights[at + j] * weights[at + j];
                slope[at + j] += setting.l2() * weights[at + j];
            }
        }
        return slope;
    }

    private static double norm(double[] vector) {
        double squares = 0;
        for (double entry : vector) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }

    @Test
    void theReportedCostExcludesThePenalty() {
        Start start = new Start(1, 4);
        List<EpochMetrics> told = new ArrayList<>();
        train(start, told, run(0, 0), run(0.5, 0), run(0.5, 0.9));
        EpochMetrics plain = told.get(0);
        EpochMetrics punished = told.get(1);
        assertEquals(plain.train(), punished.train());
        assertEquals(plain.test(), punished.test());
        assertEquals(0, plain.penalty());
        double squares = 0;
        for (int c = 0; c < CLASSES; c++) {
            for (int j = 0; j < FEATURES; j++) {
                double weight = start.model(CLASSES, FEATURES).weight(c, j);
                squares += weight * weight;
            }
        }
        assertEquals(0.25 * squares, punished.penalty(), 1e-12);
        assertTrue(punished.gradientNorm() != plain.gradientNorm());
    }

    @Test
    void runsOfAGridEndWithTheBitsTheyHaveAlone() {
        List<Run> grid = new ArrayList<>(
                grid(List.of(Loss.values()), 0, List.of(0.5, 3.0), List.of(0.0, 0.01), List.of(0.0, 0.9)));
        grid.add(5, new Run(new Setting(Loss.LOGISTIC, 1e305, 0.1, 0.9), "wild"));
        List<TrainedRun> together = train(Start.ZEROS, new ArrayList<>(), grid.toArray(Run[]::new));
        for (int i = 0; i < grid.size(); i++) {
            TrainedRun alone =
                    train(Start.ZEROS, new ArrayList<>(), grid.get(i)).get(0);
            assertEquals(alone.ending(), together.get(i).ending());
            assertEquals(alone.last().gradientNorm(), together.get(i).last().gradientNorm());
            assertEquals(alone.last().digest(), together.get(i).last().digest());
            assertArrayEquals(alone.model().toArray(), together.get(i).model().toArray());
        }
        TrainedRun plain = train(Start.ZEROS, new ArrayList<>(), new Run(Loss.LOGISTIC, 0.5))
                .get(0);
        assertArrayEquals(plain.model().toArray(), together.get(0).model().toArray());
    }

    @Test
    void aRunWithMomentumThatDivergesHasInfiniteCostPenaltyAndGradient() {
        TrainedRun wild = train(
                        Start.ZEROS, new ArrayList<>(), new Run(new Setting(Loss.LOGISTIC, 1e300, 0.1, 0.9), "wild"))
                .get(0);
        assertEquals(Ending.DIVERGED, wild.ending());
        assertEquals(Double.POSITIVE_INFINITY, wild.last().train().cost());
        assertEquals(Double.POSITIVE_INFINITY, wild.last().penalty());
        assertEquals(Double.POSITIVE_INFINITY, wild.last().gradientNorm());
    }

    /** Where the squared error is flat, only the penalty moves a run. */
    @Test
    void aPenaltyPreventsSaturation() {
        gradient = new MemoryGradient(1);
        Start far = new Start(1e9, 3);
        Setting flat = new Setting(Loss.MSE, 1, 0, 0.9);
        Setting punished = new Setting(Loss.MSE, 1, 1e-3, 0.9);
        List<TrainedRun> trained = train(far, new ArrayList<>(), new Run(flat, "flat"), new Run(punished, "punished"));
        assertEquals(Ending.SATURATED, trained.get(0).ending());
        assertEquals(0, trained.get(0).last().epoch());
        assertEquals(Ending.EPOCHS, trained.get(1).ending());
        assertTrue(trained.get(1).model().largestWeight()
                < far.model(CLASSES, FEATURES).largestWeight());
    }

    /** With momentum, a step below the weights' last bit is not saturation if a later step is above this bit. */
    @Test
    void aTinyButGrowingStepIsNotSaturation() {
        double[] far = new double[CLASSES * (FEATURES + 1)];
        Arrays.fill(far, 1e6);
        List<Run> runs = List.of(tiny(0), tiny(0.5), tiny(0.999));
        PerceptronModel model = new PerceptronModel(CLASSES, FEATURES, far);
        TrainingState state = new TrainingState(
                0,
                runs,
                Weights.of(List.of(model, model, model)),
                Kept.start(runs, Weights.of(List.of(model, model, model))),
                Collections.nCopies(3, BestError.NONE),
                List.of());
        List<TrainedRun> trained = new GradientDescent(gradient, List.of())
                .train(new TrainingPlan(runs, EPOCHS, Start.ZEROS, StopRules.NONE), state);
        assertEquals(Ending.SATURATED, trained.get(0).ending());
        assertEquals(Ending.SATURATED, trained.get(1).ending());
        assertEquals(Ending.EPOCHS, trained.get(2).ending());
        assertFalse(Arrays.equals(far, trained.get(2).model().toArray()));
    }

    private static Run tiny(double momentum) {
        return new Run(new Setting(Loss.LOGISTIC, 1e-11, 0, momentum), "momentum-" + momentum);
    }

    @Test
    void namesContainTheVariedHyperparameters() {
        List<Run> one = grid(List.of(Loss.MSE), 0, List.of(0.5), List.of(0.1), List.of(0.9));
        assertEquals(List.of("mse-0.5"), names(one));
        List<Run> penalties = grid(List.of(Loss.MSE), 0, List.of(0.5), List.of(0.0, 1e-3, 1e-9), List.of(0.9));
        assertEquals(List.of("mse-0.5-l2-0", "mse-0.5-l2-0.001", "mse-0.5-l2-1E-9"), names(penalties));
        List<Run> all = grid(List.of(Loss.LOGISTIC), 0, List.of(0.5, 2.0), List.of(0.0, 1e-4), List.of(0.0, 0.9));
        assertEquals(8, new HashSet<>(names(all)).size());
        assertEquals("logistic-0.5-l2-0-momentum-0.9", names(all).get(1));
        assertEquals("logistic-2-l2-0.0001-momentum-0", names(all).get(6));
    }

    @Test
    void aGridWithFoldsBeginsWithRunsOnAllRows() {
        List<Run> grid = grid(List.of(Loss.values()), 2, List.of(0.5), List.of(0.0), List.of(0.0));
        assertEquals(
                List.of(
                        "logistic-0.5",
                        "mse-0.5",
                        "logistic-0.5-fold-0",
                        "mse-0.5-fold-0",
                        "logistic-0.5-fold-1",
                        "mse-0.5-fold-1"),
                names(grid));
        assertEquals(
                List.of(-1, -1, 0, 0, 1, 1), grid.stream().map(Run::heldOutFold).toList());
        assertTrue(new TrainingPlan(grid, 1, Start.ZEROS, StopRules.NONE).hasFolds());
    }

    @Test
    void theTestSetEndsNoRunIfFoldsChoose() {
        StopRules rules = new StopRules(1e-9, 3, 0.5);
        Run all = new Run(Loss.MSE, 1);
        BestError longAgo = new BestError(0.1, 2);
        assertEquals(
                Ending.TARGET,
                rules.ending(new MadeUpMetrics(9, all).sets(1, 0.2).metrics(), longAgo, false));
        assertNull(rules.ending(new MadeUpMetrics(9, all).sets(1, 0.2).metrics(), longAgo, true));
        Run fold = new Run(all.setting(), 0, "fold");
        assertEquals(Ending.TARGET, rules.ending(metrics(fold, 0.4), longAgo, true));
        assertEquals(Ending.PATIENCE, rules.ending(metrics(fold, 0.6), longAgo, true));
    }

    private static EpochMetrics metrics(Run run, double validationError) {
        return new MadeUpMetrics(9, run)
                .sets(1, 0.2)
                .validation(1, validationError)
                .metrics();
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "NaN,0", "Infinity,0", "0,-0.1", "0,1", "0,NaN"})
    void refusesInvalidPenaltiesAndMomenta(double l2, double momentum) {
        assertThrows(IllegalArgumentException.class, () -> new Setting(Loss.MSE, 1, l2, momentum));
    }

    @ParameterizedTest
    @CsvSource({"''", "../mse-1", "mse/1", "-mse", "'mse 1'"})
    void refusesNamesThatAreUnsafeInAPath(String name) {
        Setting setting = new Setting(Loss.MSE, 1, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> new Run(setting, name));
    }

    @Test
    void minusZeroIsZero() {
        assertEquals(new Setting(Loss.MSE, 1, 0, 0), new Setting(Loss.MSE, 1, -0.0, -0.0));
    }

    @Test
    void aRangeIsLogarithmicWithFewDigits() {
        List<Double> thirty = new RateRange(0.01, 10, 30).rates();
        assertEquals(
                List.of(0.01, 0.013, 0.016, 0.02, 0.026, 0.033, 0.042, 0.053, 0.067, 0.085), thirty.subList(0, 10));
        assertEquals(List.of(6.2, 7.9, 10.0), thirty.subList(27, 30));
        assertEquals(List.of(1.0, 10.0, 100.0), new RateRange(1, 100, 3).rates());
        assertEquals(List.of(0.3, 0.7), new RateRange(0.3, 0.7, 2).rates());
    }

    @ParameterizedTest
    @CsvSource({"0.1,20,200", "0.01,10,30", "1e-300,1e300,50", "0.5,0.501,100", "0.123456789,7,500", "1e-5,1e3,10000"})
    void ratesOfARangeAreDistinctAndNearTheFormula(double first, double last, int count) {
        List<Double> rates = new RateRange(first, last, count).rates();
        assertEquals(count, rates.size());
        assertEquals(first, rates.get(0));
        assertEquals(last, rates.get(count - 1));
        double gap = (Math.log(last) - Math.log(first)) / (count - 1);
        for (int i = 0; i < count; i++) {
            assertEquals(Math.log(first) + i * gap, Math.log(rates.get(i)), 0.21 * gap);
            assertTrue(i == 0 || rates.get(i - 1) < rates.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10|0.01|30   | expected a range from a smaller rate to a larger one, got from 10 to 0.01
            1|1|2        | expected a range from a smaller rate to a larger one, got from 1 to 1
            1|2|1        | expected 2 to 10000 rates in a range, got 1
            1|2|10001    | expected 2 to 10000 rates in a range, got 10001
            0|2|5        | expected finite rates above 0, got 0.0 and 2.0
            1|1.000000000000001|9 | expected room for 9 rates from 1.0 to 1.000000000000001, got rates too near each other
            """)
    void refusesInvalidRanges(double first, double last, int count, String sentence) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> new RateRange(first, last, count).rates())
                        .getMessage());
    }

    private static List<Run> grid(
            List<Loss> losses, int folds, List<Double> rates, List<Double> l2s, List<Double> momenta) {
        return Run.all(Setting.grid(losses, List.of(Optimizer.DESCENT), List.of(rates, l2s, momenta)), folds);
    }

    private static List<String> names(List<Run> grid) {
        return grid.stream().map(Run::name).toList();
    }

    private static Run run(double l2, double momentum) {
        return new Run(new Setting(Loss.LOGISTIC, 0.5, l2, momentum), "l2-" + l2 + "-momentum-" + momentum);
    }

    private List<TrainedRun> train(Start start, List<EpochMetrics> told, Run... runs) {
        TrainingListener recorder = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                told.addAll(metrics);
            }
        };
        return new GradientDescent(gradient, List.of(recorder))
                .train(new TrainingPlan(List.of(runs), EPOCHS, start, StopRules.NONE), FEATURES, CLASSES);
    }
}
