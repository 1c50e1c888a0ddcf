package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FloorTest {

    private final RunHistory descent = run(new Setting(Loss.LOGISTIC, 0.5, 0.01), 5, 3, 2.5, 2.09);
    private final RunHistory search = run(Setting.lbfgs(Loss.LOGISTIC, 0.01), 5, 2.19, Double.POSITIVE_INFINITY, 2, 3);
    private final RunHistory unpenalized = run(Setting.lbfgs(Loss.LOGISTIC, 0), 5, 1);
    private final RunHistory mse = run(Setting.lbfgs(Loss.MSE, 0.01), 5, 0.5);
    private final RunHistory other = run(new Setting(Loss.MSE, 0.5, 0), 5, 0.1);
    private final List<RunHistory> all = List.of(descent, search, unpenalized, mse, other);

    private static Floor floor(RunHistory run, List<RunHistory> all) {
        return Floor.of(all).get(Floor.key(run));
    }

    /** The gradient has the norm 0.1 at the last epoch, and the norm 1 at all others. */
    private static RunHistory run(Setting setting, double... objectives) {
        Run run = new Run(setting, "run");
        List<EpochMetrics> epochs = IntStream.range(0, objectives.length)
                .mapToObj(t -> new MadeUpMetrics(t, run)
                        .train(objectives[t] - setting.l2(), 0.5)
                        .penalty(setting.l2())
                        .gradientNorm(t == objectives.length - 1 ? 0.1 : 1)
                        .metrics())
                .toList();
        return new RunHistory(epochs, Ending.EPOCHS, 0);
    }

    @Test
    void isTheLowestObjectiveOfRunsWithTheSameCost() {
        Floor floor = floor(descent, all);
        assertSame(search.epochs().get(3), floor.least());
        assertEquals(floor, floor(search, all));
        assertEquals(0.045, floor.above(descent), 1e-12);
        assertEquals(0.5, floor.above(search), 1e-12);
        assertEquals(Optional.of(3), floor.firstWithin(0.05, descent));
        assertEquals(Optional.empty(), floor.firstWithin(0.01, descent));
        assertEquals(Optional.of(1), floor.firstWithin(0.1, search));
    }

    /** The bound is |g|^2 / (2 l2) of the lowest epoch. Other epochs prove nothing, as their biases differ. */
    @Test
    void aPenaltyBoundsTheDistanceToTheMinimum() {
        RunHistory near = run(Setting.lbfgs(Loss.LOGISTIC, 0.01), 5, 2.05, 2);
        assertEquals(0.5, floor(near, List.of(near)).distance().orElseThrow(), 1e-12);
        assertEquals(50, floor(descent, all).distance().orElseThrow(), 1e-12);
    }

    @Test
    void withoutPenaltyOrConvexityNothingIsProven() {
        assertEquals(OptionalDouble.empty(), floor(unpenalized, all).distance());
        assertEquals(OptionalDouble.empty(), floor(mse, all).distance());
    }

    @Test
    void descentAloneHasNoFloor() {
        assertNull(Floor.of(all).get(Floor.key(other)));
    }
}
