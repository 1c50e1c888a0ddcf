package io.sparkperceptron.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.ExampleBlock;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientKernel;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.ScalarKernel;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop on blocks in memory, without Spark. */
class GradientDescentTest {

    private static final int FEATURES = 5;
    private static final int CLASSES = 3;
    private static final int ROWS = 600;

    private final List<ExampleBlock> blocks = blocks();

    @Test
    void lowersTheCostAndTellsEveryEpochOnce() {
        List<EpochMetrics> told = new ArrayList<>();
        List<TrainedRun> trained = train(plan(20, new Run(Loss.LOGISTIC, 0.5)), told);
        assertEquals(21, told.size());
        for (int epoch = 1; epoch <= 20; epoch++) {
            assertEquals(epoch, told.get(epoch).epoch());
            assertTrue(told.get(epoch).trainCost() < told.get(epoch - 1).trainCost());
        }
        assertSame(told.get(20), trained.get(0).last());
        assertFalse(trained.get(0).diverged());
    }

    @Test
    void noEpochsMeasureTheStart() {
        TrainedRun run = train(plan(0, new Run(Loss.MSE, 1)), new ArrayList<>()).get(0);
        assertEquals(0, run.last().epoch());
        assertEquals(CLASSES * 0.125, run.last().trainCost(), 1e-15);
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
            assertEquals(alone.last().trainCost(), together.get(i).last().trainCost());
            assertArrayEquals(alone.model().toArray(), together.get(i).model().toArray());
        }
    }

    @Test
    void aRunThatDivergesLeavesAndTheOthersGoOn() {
        List<EpochMetrics> told = new ArrayList<>();
        List<TrainedRun> trained = train(plan(5, new Run(Loss.LOGISTIC, 1e300), new Run(Loss.LOGISTIC, 0.5)), told);
        assertTrue(trained.get(0).diverged());
        assertEquals(1, trained.get(0).last().epoch());
        assertEquals(5, trained.get(1).last().epoch());
        assertEquals(2 + 6, told.size());
    }

    @Test
    void aSeededStartIsTheSameForEveryRun() {
        TrainingPlan plan =
                new TrainingPlan(List.of(new Run(Loss.LOGISTIC, 1), new Run(Loss.LOGISTIC, 2)), 0, new Start(0.1, 42));
        List<TrainedRun> trained = train(plan, new ArrayList<>());
        assertArrayEquals(
                trained.get(0).model().toArray(), trained.get(1).model().toArray());
        assertEquals(0.0, trained.get(0).model().weight(1, FEATURES));
        assertTrue(trained.get(0).model().largestWeight() > 0);
    }

    @Test
    void aListenerThatFailsStopsTheTrainingAndTheOthersAreTold() {
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
        GradientDescent descent = new GradientDescent(this::sum, List.of(failing, other));
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
        GradientDescent descent = new GradientDescent(this::sum, List.of(failing));
        TrainingPlan plan = plan(1, new Run(Loss.LOGISTIC, 0.5));
        assertThrows(UserException.class, () -> descent.train(plan, FEATURES, CLASSES));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesRatesThatAreNone(double rate) {
        assertThrows(IllegalArgumentException.class, () -> new Run(Loss.LOGISTIC, rate));
    }

    @Test
    void refusesPlansThatAreNone() {
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
        return new TrainingPlan(List.of(runs), epochs, Start.ZEROS);
    }

    private List<TrainedRun> train(TrainingPlan plan, List<EpochMetrics> told) {
        TrainingListener recorder = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                told.addAll(metrics);
            }
        };
        return new GradientDescent(this::sum, List.of(recorder)).train(plan, FEATURES, CLASSES);
    }

    private GradientSum sum(Weights weights, List<Loss> losses) {
        GradientSum sum = new GradientSum(weights, FixedPointGrid.forData(2 * ROWS, 1));
        GradientKernel kernel = new ScalarKernel(weights, losses);
        blocks.forEach(block -> kernel.add(block, sum));
        return sum;
    }

    private static List<ExampleBlock> blocks() {
        double[][] rows = TestBlocks.randomRows(ROWS, FEATURES, 0.7, 1);
        int[] labels = TestBlocks.randomLabels(ROWS, CLASSES, 2);
        List<ExampleBlock> blocks =
                new ArrayList<>(TestBlocks.pack(Split.TRAIN, FEATURES, CLASSES, FeatureScaling.NONE, rows, labels));
        blocks.addAll(TestBlocks.pack(Split.TEST, FEATURES, CLASSES, FeatureScaling.NONE, rows, labels));
        return blocks;
    }
}
