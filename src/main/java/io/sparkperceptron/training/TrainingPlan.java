package io.sparkperceptron.training;

import java.util.List;
import java.util.function.Function;
import org.apache.commons.lang3.Validate;

/**
 * The runs to train side by side, each from {@code start}. With 0 epochs, only the start is measured.
 *
 * @param history the number of pairs that each {@link Lbfgs} keeps, at least 1
 * @param keepsBest whether a run keeps the weights of its {@link BestError} instead of the last ones
 */
public record TrainingPlan(List<Run> runs, int epochs, Start start, StopRules stop, int history, boolean keepsBest) {

    public TrainingPlan(List<Run> runs, int epochs, Start start, StopRules stop) {
        this(runs, epochs, start, stop, Lbfgs.HISTORY, false);
    }

    public TrainingPlan {
        runs = List.copyOf(runs);
        Validate.isTrue(!runs.isEmpty(), "expected at least one run, got none");
        Validate.isTrue(
                differ(runs, run -> List.of(run.setting(), run.heldOutFold())) && differ(runs, Run::name),
                "expected runs that differ in loss, learning rate, l2 or momentum, got one of them twice");
        Validate.isTrue(history >= 1, "expected a history of at least 1 pair, got %s", history);
        Validate.isTrue(epochs >= 0, "expected at least 0 epochs, got %s", epochs);
    }

    private static boolean differ(List<Run> runs, Function<Run, Object> property) {
        return runs.stream().map(property).distinct().count() == runs.size();
    }

    public boolean hasLbfgs() {
        return runs.stream().anyMatch(Run::isByLbfgs);
    }

    public boolean hasFolds() {
        return !runs.stream().allMatch(Run::isOnAllRows);
    }
}
