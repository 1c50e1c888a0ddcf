package io.sparkperceptron.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MemoryGradient;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares L-BFGS with full-matrix BFGS and with Newton's method, and trains it beside gradient descent. */
class LbfgsTest {

    private static final int CLASSES = MemoryGradient.CLASSES;
    private static final int FEATURES = MemoryGradient.FEATURES;

    private final MemoryGradient gradient = new MemoryGradient(0.7);

    /** f(x) = x'Ax / 2 with a diagonal A. */
    private static final double[] CURVATURES = {1, 3, 0.5, 20};

    private static double cost(double[] x) {
        return IntStream.range(0, x.length)
                .mapToDouble(j -> CURVATURES[j] * x[j] * x[j] / 2)
                .sum();
    }

    private static double[] slope(double[] x) {
        return IntStream.range(0, x.length)
                .mapToDouble(j -> CURVATURES[j] * x[j])
                .toArray();
    }

    private static Lbfgs pass(Lbfgs search, int history) {
        double[] trial = search.trial();
        return search.next(trial, cost(trial), slope(trial), history);
    }

    @Test
    void theFirstStepHasLengthOneOrIsTheGradient() {
        Lbfgs far = pass(Lbfgs.start(new double[] {0, 0, 0, 7}), 10);
        assertArrayEquals(new double[] {0, 0, 0, 6}, far.trial(), 1e-15);
        Lbfgs near = pass(Lbfgs.start(new double[] {0.25, 0, 0, 0}), 10);
        assertArrayEquals(new double[] {0, 0, 0, 0}, near.trial());
    }

    /** The two loops give -H g, where H is updated pair by pair from a multiple of the identity. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void stepsEqualThoseOfFullMatrixBfgs(int history) {
        Lbfgs search = pass(Lbfgs.start(new double[] {3, -2, 5, 0.3}), history);
        List<double[]> points = new ArrayList<>(List.of(search.best()));
        for (int pass = 0; pass < 12; pass++) {
            search = pass(search, history);
            if (!Arrays.equals(search.best(), points.get(points.size() - 1))) {
                points.add(search.best());
                double[] next = search.trial();
                double[] expected = newton(points, history);
                for (int j = 0; j < next.length; j++) {
                    assertEquals(expected[j], next[j], 1e-9 * Math.abs(search.best()[j]) + 1e-13);
                }
            }
        }
        assertTrue(points.size() > 5);
        assertTrue(cost(search.best()) < 0.1 * cost(points.get(0)));
    }

    private static double[] newton(List<double[]> points, int history) {
        int n = CURVATURES.length;
        double[][] h = new double[n][n];
        int last = points.size() - 1;
        for (int i = Math.max(1, points.size() - history); i <= last; i++) {
            double[] s = minus(points.get(i), points.get(i - 1));
            double[] y = minus(slope(points.get(i)), slope(points.get(i - 1)));
            if (i == Math.max(1, points.size() - history)) {
                double[] newest = minus(points.get(last), points.get(last - 1));
                double[] slopes = minus(slope(points.get(last)), slope(points.get(last - 1)));
                for (int j = 0; j < n; j++) {
                    h[j][j] = dot(newest, slopes) / dot(slopes, slopes);
                }
            }
            h = updated(h, s, y);
        }
        double[] g = slope(points.get(last));
        double[] next = points.get(last).clone();
        for (int j = 0; j < n; j++) {
            next[j] -= dot(h[j], g);
        }
        return next;
    }

    /** (I - s y'/s.y) H (I - y s'/s.y) + s s'/s.y. */
    private static double[][] updated(double[][] h, double[] s, double[] y) {
        int n = s.length;
        double product = dot(s, y);
        double[] hy = new double[n];
        for (int j = 0; j < n; j++) {
            hy[j] = dot(h[j], y);
        }
        double yhy = dot(y, hy);
        double[][] next = new double[n][n];
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                next[j][k] =
                        h[j][k] - (s[j] * hy[k] + hy[j] * s[k]) / product + (yhy / product + 1) * s[j] * s[k] / product;
            }
        }
        return next;
    }

    private static double[] minus(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(j -> one[j] - other[j])
                .toArray();
    }

    private static double dot(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(j -> one[j] * other[j])
                .sum();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e9, Double.POSITIVE_INFINITY, Double.NaN})
    void aTrialThatIsTooHighHalvesTheStep(double high) {
        Lbfgs search = pass(Lbfgs.start(new double[] {0, 0, 0, 7}), 10);
        Lbfgs halved = search.next(search.trial(), high, new double[] {high, 0, 0, 0}, 10);
        assertArrayEquals(new double[] {0, 0, 0, 7}, halved.best());
        assertArrayEquals(new double[] {0, 0, 0, 6.5}, halved.trial(), 1e-15);
        assertNotEquals(search.digest(0), halved.digest(0));
    }

    @Test
    void aTrialWithTheSameCostIsRejected() {
        Lbfgs search = pass(Lbfgs.start(new double[] {0, 0, 0, 7}), 10);
        assertArrayEquals(
                search.best(),
                search.next(search.trial(), cost(search.best()), slope(search.trial()), 10)
                        .best());
    }

    @Test
    void aStartWithoutGradientStays() {
        double[] minimum = new double[4];
        Lbfgs search = pass(pass(Lbfgs.start(minimum), 10), 10);
        assertArrayEquals(minimum, search.trial());
    }

    @Test
    void aStartWithoutAFiniteCostIsNotAccepted() {
        Lbfgs search = Lbfgs.start(new double[] {1, 2});
        assertFalse(search.next(search.trial(), Double.POSITIVE_INFINITY, new double[2], 10)
                .isStarted());
        assertFalse(search.next(search.trial(), Double.NaN, new double[2], 10).isStarted());
        assertTrue(search.next(search.trial(), 1, new double[2], 10).isStarted());
    }

    /** The slope falls along such a step, so the pair would make H indefinite. */
    @Test
    void aPairWithoutUpwardCurvatureIsSkipped() {
        Lbfgs search = Lbfgs.start(new double[] {1, 1}).next(new double[] {1, 1}, 5, new double[] {0.5, 0}, 10);
        double[] trial = search.trial();
        Lbfgs after = search.next(trial, 1, new double[] {0.75, 0}, 10);
        assertArrayEquals(trial, after.best());
        assertEquals(0, after.row(10)[1]);
        assertArrayEquals(new double[] {trial[0] - 0.75, 1}, after.trial());
    }

    @Test
    void aRowHoldsTheWholeSearch() {
        Lbfgs search = Lbfgs.start(new double[] {3, -2, 5, 0.3});
        for (int pass = 0; pass < 20; pass++) {
            double[] row = search.row(4);
            assertEquals(Lbfgs.rowLength(3, 4), row.length);
            Lbfgs copy = Lbfgs.of(row, 3);
            assertArrayEquals(row, copy.row(4));
            assertEquals(search.digest(7), copy.digest(7));
            assertArrayEquals(search.trial(), copy.trial());
            assertArrayEquals(pass(search, 4).row(4), pass(copy, 4).row(4));
            search = pass(search, 4);
        }
    }

    @Test
    void slopesAloneFindTheMinimumToo() {
        Lbfgs search = Lbfgs.start(new double[] {1, -2, 3, 0.5});
        for (int pass = 0; pass < 40; pass++) {
            double[] trial = search.trial();
            search = search.nextBySlope(trial, true, slope(trial), 10);
        }
        assertArrayEquals(new double[4], search.best(), 1e-9);
    }

    @Test
    void aTrialWithALargeSlopeOrWithoutCostsIsRejected() {
        double[] zeros = new double[2];
        Lbfgs search = Lbfgs.start(zeros).nextBySlope(zeros, true, new double[] {-1, 0}, 10);
        assertArrayEquals(new double[] {1, 0}, search.trial());
        assertArrayEquals(
                zeros,
                search.nextBySlope(search.trial(), true, new double[] {0.6, 0}, 10)
                        .best());
        assertArrayEquals(
                zeros,
                search.nextBySlope(search.trial(), true, new double[] {Double.NaN, 0}, 10)
                        .best());
        assertArrayEquals(
                zeros,
                search.nextBySlope(search.trial(), false, new double[] {-0.1, 0}, 10)
                        .best());
        Lbfgs accepted = search.nextBySlope(search.trial(), true, new double[] {0.4, 0}, 10);
        assertArrayEquals(new double[] {1, 0}, accepted.best());
        Lbfgs halved = search.nextBySlope(search.trial(), true, new double[] {0.6, 0}, 10);
        assertArrayEquals(new double[] {0.5, 0}, halved.trial());
    }

    /** The minimum agrees with that of Newton's method from another start. */
    @ParameterizedTest
    @CsvSource({"LOGISTIC,1e-4", "LOGISTIC,1e-3", "LOGISTIC,1e-2", "MSE,1e-2"})
    void findsTheMinimum(Loss loss, double l2) {
        Run run = new Run(Setting.lbfgs(loss, l2), "search");
        List<EpochMetrics> told = new ArrayList<>();
        TrainedRun trained = train(Start.ZEROS, told, 150, run).get(0);
        double least = told.stream().mapToDouble(EpochMetrics::objective).min().orElseThrow();
        TrainedRun other = train(new Start(0.3, 8), told, 300, run).get(0);
        double best = told.stream().mapToDouble(EpochMetrics::objective).min().orElseThrow();
        assertEquals(best, least, 1e-12 * best);
        assertArrayEquals(other.model().toArray(), trained.model().toArray(), 1e-5);
        GradientSum sum = gradient.at(Weights.of(List.of(trained.model())), List.of(run.objective()));
        double[] slope = sum.meanGradient();
        Penalty.addGradient(l2, Weights.of(List.of(trained.model())), slope);
        assertEquals(0, Math.sqrt(dot(slope, slope)), 1e-7);
    }

    @Test
    void runsEndWithTheBitsTheyHaveAlone() {
        List<Setting> settings = Setting.grid(
                List.of(Loss.values()),
                List.of(Optimizer.values()),
                List.of(List.of(0.5, 3.0), List.of(0.0, 0.01), List.of(0.0, 0.9)));
        List<Run> grid = Run.all(settings, 0);
        assertEquals(
                List.of("mse-lbfgs-l2-0", "mse-lbfgs-l2-0.01"),
                grid.subList(18, 20).stream().map(Run::name).toList());
        List<TrainedRun> together = train(Start.ZEROS, new ArrayList<>(), 25, grid.toArray(Run[]::new));
        for (int i = 0; i < grid.size(); i++) {
            TrainedRun alone =
                    train(Start.ZEROS, new ArrayList<>(), 25, grid.get(i)).get(0);
            assertEquals(alone.ending(), together.get(i).ending());
            assertEquals(alone.last().digest(), together.get(i).last().digest());
            assertArrayEquals(alone.model().toArray(), together.get(i).model().toArray());
        }
    }

    /** A run may end at a rejected trial. Its model then has the weights of the best point. */
    @Test
    void theModelIsTheBestOfEachPerceptron() {
        Run run = new Run(Setting.lbfgs(Loss.MSE, 0), "search");
        boolean rejected = false;
        for (int epochs = 1; epochs < 40; epochs++) {
            List<EpochMetrics> told = new ArrayList<>();
            TrainedRun trained = train(new Start(2, 1), told, epochs, run).get(0);
            double cost = gradient.at(Weights.of(List.of(trained.model())), List.of(run.objective()))
                    .cost(Split.TRAIN, 0);
            double least =
                    told.stream().mapToDouble(EpochMetrics::objective).min().orElseThrow();
            assertTrue(cost <= least, epochs + ": " + cost + " and " + least);
            rejected |= trained.last().objective() > least;
        }
        assertTrue(rejected, "no run ended at a rejected trial");
    }

    @Test
    void anInfiniteTrialIsNotADivergence() {
        int[] passes = new int[1];
        GradientFunction wild = (weights, objectives) -> {
            Weights far = new Weights(FEATURES, CLASSES, 1);
            Arrays.fill(far.values(), Double.MAX_VALUE);
            return gradient.at(passes[0]++ == 3 ? far : weights, objectives);
        };
        List<EpochMetrics> told = new ArrayList<>();
        Run run = new Run(Setting.lbfgs(Loss.LOGISTIC, 0), "search");
        TrainedRun trained = train(wild, Start.ZEROS, told, 30, run).get(0);
        assertEquals(Ending.EPOCHS, trained.ending());
        assertEquals(Double.POSITIVE_INFINITY, told.get(3).train().cost());
        assertTrue(told.get(4).train().cost() < told.get(2).train().cost());
    }

    @Test
    void anInfiniteStartIsADivergence() {
        Run run = new Run(Setting.lbfgs(Loss.LOGISTIC, 0), "search");
        TrainedRun trained = train(new Start(Double.MAX_VALUE / 8, 1), new ArrayList<>(), 5, run)
                .get(0);
        assertEquals(Ending.DIVERGED, trained.ending());
        assertEquals(0, trained.last().epoch());
    }

    @Test
    void aToleranceEndsTheRun() {
        Run run = new Run(Setting.lbfgs(Loss.LOGISTIC, 0), "search");
        TrainingPlan plan = new TrainingPlan(List.of(run), 200, Start.ZEROS, new StopRules(1e-3, 0, -1));
        TrainedRun trained = new GradientDescent(gradient, List.of())
                .train(plan, FEATURES, CLASSES)
                .get(0);
        assertEquals(Ending.CONVERGED, trained.ending());
        assertTrue(trained.last().gradientNorm() <= 1e-3);
    }

    /** The squared error has no gradient where it is flat. */
    @Test
    void aStartWithoutGradientIsAStandstill() {
        Run run = new Run(Setting.lbfgs(Loss.MSE, 0), "search");
        TrainedRun trained = train(new MemoryGradient(1), new Start(1e9, 3), new ArrayList<>(), 20, run)
                .get(0);
        assertEquals(Ending.SATURATED, trained.ending());
    }

    private List<TrainedRun> train(Start start, List<EpochMetrics> told, int epochs, Run... runs) {
        return train(gradient, start, told, epochs, runs);
    }

    private static List<TrainedRun> train(
            GradientFunction gradient, Start start, List<EpochMetrics> told, int epochs, Run... runs) {
        TrainingListener recorder = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                told.addAll(metrics);
            }
        };
        return new GradientDescent(gradient, List.of(recorder))
                .train(new TrainingPlan(List.of(runs), epochs, start, StopRules.NONE), FEATURES, CLASSES);
    }
}
