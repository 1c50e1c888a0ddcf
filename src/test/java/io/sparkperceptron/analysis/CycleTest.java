package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.MemoryGradient;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests cycles of made-up costs, and of descent on blocks in memory with far too long steps. */
class CycleTest {

    private static final int EPOCHS = 100;

    @Test
    void aRepeatedStateProvesACycleForAnyCost() {
        Optional<Cycle> cycle = Cycle.of(run(t -> 1.0 / (t + 1), t -> t < 95 ? (long) t : 93L + (t - 93) % 2));
        assertEquals(Optional.of(new Cycle(2, true)), cycle);
    }

    @Test
    void anUnchangedStateIsNoCycle() {
        assertEquals(Optional.empty(), Cycle.of(run(t -> t % 2, t -> 7L)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8})
    void aNearlyRepeatedCostIsANearCycle(int period) {
        Optional<Cycle> cycle = Cycle.of(run(t -> 1 + t % period + 0.01 / (t + 1), t -> (long) t));
        assertEquals(period, cycle.orElseThrow().period());
        assertFalse(cycle.orElseThrow().exact());
    }

    @Test
    void withoutDigestsTheCostDecides() {
        assertEquals(2, Cycle.of(run(t -> t % 2, t -> null)).orElseThrow().period());
    }

    @Test
    void fallingConstantAndIrregularCostsHaveNoCycle() {
        assertEquals(Optional.empty(), Cycle.of(run(t -> Math.exp(-t / 20.0), t -> (long) t)));
        assertEquals(Optional.empty(), Cycle.of(run(t -> 1 + (t % 2) * 1e-8, t -> (long) t)));
        assertEquals(Optional.empty(), Cycle.of(run(t -> (t * t * 31 % 101) / 101.0, t -> (long) t)));
    }

    @Test
    void tooFewEpochsHaveNoCycle() {
        assertEquals(
                Optional.empty(),
                Cycle.of(new RunHistory(
                        IntStream.rangeClosed(0, 5)
                                .mapToObj(t -> metrics(t, t % 2, (long) t))
                                .toList(),
                        Ending.EPOCHS,
                        0)));
    }

    @ParameterizedTest
    @CsvSource({"10, 2", "40, 1638"})
    void descentWithFarTooLongStepsReturnsToTheSameBits(double rate, int period) {
        int length = 3000;
        Cycle cycle = Cycle.of(new RunHistory(descend(rate, length), Ending.EPOCHS, 0))
                .orElseThrow();
        assertEquals(new Cycle(period, true), cycle);
        List<EpochMetrics> longer = descend(rate, length + period);
        for (int epoch = length; epoch <= length + period; epoch++) {
            assertEquals(
                    longer.get(epoch - period).train().cost(),
                    longer.get(epoch).train().cost());
        }
    }

    private static List<EpochMetrics> descend(double rate, int length) {
        Run run = new Run(Loss.LOGISTIC, rate);
        TrainingPlan plan = new TrainingPlan(List.of(run), length, Start.ZEROS, StopRules.NONE);
        Recording recording = new Recording(plan);
        new GradientDescent(new MemoryGradient(0.7), List.of(recording))
                .train(plan, MemoryGradient.FEATURES, MemoryGradient.CLASSES);
        return recording.metrics().get(run);
    }

    private static RunHistory run(IntToDoubleFunction cost, IntFunction<Long> digest) {
        return new RunHistory(
                IntStream.rangeClosed(0, EPOCHS)
                        .mapToObj(t -> metrics(t, cost.applyAsDouble(t), digest.apply(t)))
                        .toList(),
                Ending.EPOCHS,
                0);
    }

    private static EpochMetrics metrics(int epoch, double cost, Long digest) {
        return new MadeUpMetrics(epoch, new Run(Loss.LOGISTIC, 1))
                .sets(cost, 0.5)
                .digest(digest)
                .metrics();
    }
}
