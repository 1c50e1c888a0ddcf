package io.sparkperceptron.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MemoryGradient;
import io.sparkperceptron.UserException;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the training loop on blocks in memory, without Spark. */
class GradientDescentTest {

    private static final int FEATURES = MemoryGradient.FEATURES;
    private static final int CLASSES = MemoryGradient.CLASSES;

    private MemoryGradient gradient = new MemoryGradient(0.7);

    @Test
    void lowersTheCostAndTellsEveryEpochOnce() {
        List<EpochMetrics> told = new ArrayList<>();
        List<TrainedRun> trained = train(plan(20, new Run(Loss.LOGISTIC, 0.5)), told);
        assertEquals(21, told.size());
        for (int epoch = 1; epoch <= 20; epoch++) {
            assertEquals(epoch, told.get(epoch).epoch());
            assertTrue(
                    told.get(epoch).train().cost() < told.get(epoch - 1).train().cost());
        }
        assertSame(told.get(20), trained.get(0).last());
        assertFalse(trained.get(0).diverged());
    }

    @Test
    void zeroEpochsMeasureTheStart() {
        TrainedRun run = train(plan(0, new Run(Loss.MSE, 1)), new ArrayList<>()).get(0);
        assertEquals(0, run.last().epoch());
        assertEquals(CLASSES * 0.125, run.last().train().cost(), 1e-15);
        assertArrayEquals(new double[CLASSES * (FEATURES + 1)], run.model().toArray());
    }

    @Test
    void runsInASweepEndWithTheBitsTheyHaveAlone() {
        Run[] runs = {
            new Run(Loss.LOGISTIC, 0.1), new Run(Loss.LOGISTIC, 1e300), new Run(Loss.MSE, 5), new Run(Loss.MSE, 0.5)
        };
        List<TrainedRun> together = train(plan(15, runs), new ArrayList<>());
        for (int i = 0; i < runs.length; i++) {
            TrainedRun alone = train(plan(15, runs[i]), new ArrayList<>()).get(0);
            assertEquals(runs[i], together.get(i).run());
            assertEquals(alone.last().epoch(), together.get(i).last().epoch());
            assertEquals(
                    alone.last().train().cost(), together.get(i).last().train().cost());
            assertArrayEquals(alone.model().toArray(), together.get(i).model().toArray());
        }
    }

    @Test
    void theCourseSweepEndsWithTheBitsOfItsRunsAlone() {
        List<Run> runs = new ArrayList<>();
        for (Loss loss : Loss.values()) {
            for (double rate : new double[] {0.01, 0.05, 0.1, 0.5, 1, 1.5, 2, 5, 10}) {
                runs.add(new Run(loss, rate));
            }
        }
        List<TrainedRun> together = train(plan(25, runs.toArray(Run[]::new)), new ArrayList<>());
        runs.add(7, new Run(Loss.LOGISTIC, 1e305));
        runs.add(2, new Run(Loss.MSE, 1e305));
        List<TrainedRun> withOthers = train(plan(25, runs.toArray(Run[]::new)), new ArrayList<>());
        for (TrainedRun run : together) {
            TrainedRun alone = train(plan(25, run.run()), new ArrayList<>()).get(0);
            TrainedRun other = withOthers.get(runs.indexOf(run.run()));
            for (TrainedRun same : List.of(alone, other)) {
                assertEquals(run.last().train().cost(), same.last().train().cost());
                assertEquals(run.last().gradientNorm(), same.last().gradientNorm());
                assertArrayEquals(run.model().toArray(), same.model().toArray());
            }
        }
    }

    @Test
    void aDivergedRunEndsAndTheOthersContinue() {
        List<EpochMetrics> told = new ArrayList<>();
        List<TrainedRun> trained = train(plan(5, new Run(Loss.LOGISTIC, 1e300), new Run(Loss.LOGISTIC, 0.5)), told);
        assertTrue(trained.get(0).diverged());
        assertEquals(1, trained.get(0).last().epoch());
        assertEquals(5, trained.get(1).last().epoch());
        assertEquals(2 + 6, told.size());
    }

    /** With weights this large, every sigmoid is 0 or 1, so the gradient of the squared error stays zero. */
    @Test
    void aSaturatedRunEndsAndTheOthersContinue() {
        Run still = new Run(Loss.MSE, 1);
        Run moving = new Run(Loss.LOGISTIC, 0.5);
        Start start = new Start(1e9, 3);
        gradient = new MemoryGradient(1);
        List<TrainedRun> trained =
                train(new TrainingPlan(List.of(still, moving), 4, start, StopRules.NONE), new ArrayList<>());
        assertEquals(Ending.SATURATED, trained.get(0).ending());
        assertEquals(0, trained.get(0).last().epoch());
        assertEquals(0.0, trained.get(0).last().gradientNorm());
        assertArrayEquals(
                start.model(CLASSES, FEATURES).toArray(), trained.get(0).model().toArray());
        assertEquals(Ending.EPOCHS, trained.get(1).ending());
        TrainedRun alone = train(new TrainingPlan(List.of(moving), 4, start, StopRules.NONE), new ArrayList<>())
                .get(0);
        assertArrayEquals(alone.model().toArray(), trained.get(1).model().toArray());
    }

    @Test
    void aConvergedRunEnds() {
        List<EpochMetrics> told = new ArrayList<>();
        train(plan(10, new Run(Loss.LOGISTIC, 0.5)), told);
        double tolerance = told.get(6).gradientNorm();
        TrainingPlan plan = new TrainingPlan(
                List.of(new Run(Loss.LOGISTIC, 0.5), new Run(Loss.LOGISTIC, 0.1)),
                10,
                Start.ZEROS,
                new StopRules(tolerance, 0, -1));
        List<String> left = new ArrayList<>();
        TrainingListener recorder = new TrainingListener() {
            @Override
            public void runLeft(EpochMetrics metrics, Ending ending) {
                left.add(metrics.run().name() + " " + ending + " " + metrics.epoch());
            }
        };
        List<TrainedRun> trained = new GradientDescent(gradient, List.of(recorder)).train(plan, FEATURES, CLASSES);
        assertEquals(List.of("logistic-0.5 CONVERGED 6"), left);
        assertEquals(told.get(6).train().cost(), trained.get(0).last().train().cost());
        assertEquals(Ending.EPOCHS, trained.get(1).ending());
    }

    @Test
    void aRunOutOfPatienceEndsAndTheOthersContinue() {
        List<EpochMetrics> told = new ArrayList<>();
        Run run = new Run(Loss.LOGISTIC, 3);
        train(plan(60, run), told);
        BestError best = BestError.NONE;
        int left = -1;
        for (EpochMetrics epoch : told) {
            best = best.and(epoch);
            left = left < 0 && epoch.epoch() - best.epoch() == 7 ? epoch.epoch() : left;
        }
        assertTrue(left > 0, "the error had a new minimum in seven epochs all along");
        TrainingPlan plan =
                new TrainingPlan(List.of(run, new Run(Loss.MSE, 1e-9)), 60, Start.ZEROS, new StopRules(0, 7, -1));
        List<TrainedRun> trained = train(plan, new ArrayList<>());
        assertEquals(Ending.PATIENCE, trained.get(0).ending());
        assertEquals(left, trained.get(0).last().epoch());
        assertEquals(
                told.get(left).train().cost(), trained.get(0).last().train().cost());
        assertEquals(8, trained.get(1).last().epoch(), "one new minimum at epoch 1, and none since");
    }

    @Test
    void keepsTheWeightsOfTheLowestErrorIfThePlanSaysSo() {
        Run run = new Run(Loss.LOGISTIC, 3);
        TrainingPlan plan =
                new TrainingPlan(List.of(run), 60, Start.ZEROS, new StopRules(0, 7, -1), Lbfgs.HISTORY, true);
        List<EpochMetrics> told = new ArrayList<>();
        TrainedRun trained = train(plan, told).get(0);
        BestError best = BestError.of(told);
        assertEquals(trained.last().epoch() - 7, best.epoch());
        assertEquals(best.epoch(), trained.keptEpoch());
        assertArrayEquals(
                train(plan(best.epoch(), run), new ArrayList<>()).get(0).model().toArray(),
                trained.kept().toArray());
        assertArrayEquals(
                train(plan(trained.last().epoch(), run), new ArrayList<>())
                        .get(0)
                        .model()
                        .toArray(),
                trained.model().toArray());
        TrainedRun plain = train(plan(20, run), new ArrayList<>()).get(0);
        assertSame(plain.model(), plain.kept());
        assertEquals(20, plain.keptEpoch());
    }

    @Test
    void aRecordingHasTheLastFiniteWeightsOfARunThatDiverges() {
        Run wild = new Run(new Setting(Loss.LOGISTIC, 0.5, 1e3), "wild");
        TrainingPlan plan = plan(200, wild, new Run(Loss.MSE, 0.5));
        Recording recording = new Recording(plan);
        List<TrainedRun> trained = new GradientDescent(gradient, List.of(recording)).train(plan, FEATURES, CLASSES);
        TrainedRun diverged = recording.keepingLastFinite(trained.get(0));
        int before = trained.get(0).last().epoch() - 1;
        assertTrue(diverged.diverged() && before > 0, "at epoch " + before);
        assertEquals(before, diverged.keptEpoch());
        assertArrayEquals(
                train(plan(before, wild), new ArrayList<>()).get(0).model().toArray(),
                diverged.kept().toArray());
        assertSame(trained.get(1), recording.keepingLastFinite(trained.get(1)));
    }

    @Test
    void aRunAtItsTargetEndsAndTheOthersContinue() {
        List<EpochMetrics> told = new ArrayList<>();
        train(plan(20, new Run(Loss.LOGISTIC, 0.5)), told);
        double target =
                told.stream().mapToDouble(epoch -> epoch.test().error()).min().orElseThrow();
        TrainingPlan plan =
                new TrainingPlan(List.of(new Run(Loss.LOGISTIC, 0.5)), 20, Start.ZEROS, new StopRules(0, 0, target));
        TrainedRun trained = train(plan, new ArrayList<>()).get(0);
        assertEquals(Ending.TARGET, trained.ending());
        assertEquals(target, trained.last().test().error());
        assertEquals(BestError.of(told).epoch(), trained.last().epoch());
    }

    @Test
    void anEpochsTimeIsSplitIntoKernelRestOfThePassAndDriver() {
        List<EpochTime> times = new ArrayList<>();
        TrainingListener recorder = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                times.add(metrics.get(0).time());
            }
        };
        GradientFunction twoTasks = new GradientFunction() {
            @Override
            public GradientSum at(Weights weights, List<Objective> objectives) {
                long until = System.nanoTime() + 20_000_000;
                GradientSum sum = gradient.at(weights, objectives);
                sum.addKernelNanos(10_000_000);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                return sum;
            }

            @Override
            public int parallelism() {
                return 2;
            }
        };
        new GradientDescent(twoTasks, List.of(recorder)).train(plan(3, new Run(Loss.LOGISTIC, 0.5)), FEATURES, CLASSES);
        for (EpochTime time : times) {
            assertEquals(0.005, time.kernel());
            assertTrue(time.job() >= 0.0149 && time.driver() > 0, time.toString());
        }
    }

    @Test
    void aSeededStartIsTheSameForEveryRun() {
        TrainingPlan plan = new TrainingPlan(
                List.of(new Run(Loss.LOGISTIC, 1), new Run(Loss.LOGISTIC, 2)), 0, new Start(0.1, 42), StopRules.NONE);
        List<TrainedRun> trained = train(plan, new ArrayList<>());
        assertArrayEquals(
                trained.get(0).model().toArray(), trained.get(1).model().toArray());
        assertEquals(0.0, trained.get(0).model().weight(1, FEATURES));
        assertTrue(trained.get(0).model().largestWeight() > 0);
    }

    @Test
    void aFailingListenerStopsTheTrainingAndTheOthersAreNotified() {
        List<String> told = new ArrayList<>();
        TrainingListener failing = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                if (epoch == 3) {
                    throw new UserException("the disk is full");
                }
            }

            @Override
            public void trainingEnded() {
                throw new UserException("still full");
            }
        };
        TrainingListener other = new TrainingListener() {
            @Override
            public void trainingEnded() {
                told.add("ended");
            }
        };
        GradientDescent descent = new GradientDescent(gradient, List.of(failing, other));
        TrainingPlan plan = plan(10, new Run(Loss.LOGISTIC, 0.5));
        UserException failure = assertThrows(UserException.class, () -> descent.train(plan, FEATURES, CLASSES));
        assertEquals("the disk is full", failure.getMessage());
        assertEquals("still full", failure.getSuppressed()[0].getMessage());
        assertEquals(List.of("ended"), told);
    }

    @Test
    void aListenerThatFailsOnlyAtTheEndFailsTheTraining() {
        TrainingListener failing = new TrainingListener() {
            @Override
            public void trainingEnded() {
                throw new UserException("full at last");
            }
        };
        GradientDescent descent = new GradientDescent(gradient, List.of(failing));
        TrainingPlan plan = plan(1, new Run(Loss.LOGISTIC, 0.5));
        assertThrows(UserException.class, () -> descent.train(plan, FEATURES, CLASSES));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesInvalidRates(double rate) {
        assertThrows(IllegalArgumentException.class, () -> new Run(Loss.LOGISTIC, rate));
    }

    @Test
    void refusesInvalidPlans() {
        Run run = new Run(Loss.LOGISTIC, 0.5);
        assertThrows(IllegalArgumentException.class, () -> plan(1));
        assertThrows(IllegalArgumentException.class, () -> plan(-1, run));
        assertThrows(IllegalArgumentException.class, () -> plan(1, run, run));
        assertThrows(IllegalArgumentException.class, () -> new Start(-1, 0));
    }

    @Test
    void runsAreNamedAsPeopleWriteThem() {
        assertEquals("logistic-0.5", new Run(Loss.LOGISTIC, 0.5).name());
        assertEquals("mse-10", new Run(Loss.MSE, 10).name());
        assertEquals("mse-0.01", new Run(Loss.MSE, 1e-2).name());
        assertEquals("mse-1E+300", new Run(Loss.MSE, 1e300).name());
    }

    private static TrainingPlan plan(int epochs, Run... runs) {
        return new TrainingPlan(List.of(runs), epochs, Start.ZEROS, StopRules.NONE);
    }

    private List<TrainedRun> train(TrainingPlan plan, List<EpochMetrics> told) {
        TrainingListener recorder = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                told.addAll(metrics);
            }
        };
        return new GradientDescent(gradient, List.of(recorder)).train(plan, FEATURES, CLASSES);
    }
}
