package io.sparkperceptron.training;

import java.util.List;

/**
 * What to train: runs side by side, each from {@code start}. With 0 epochs, only the start is measured.
 *
 * @param history the pairs that each {@link Lbfgs} keeps, at least 1
 * @param keepsBest whether a run keeps the weights of its {@link BestError} instead of the last ones
 */
public record TrainingPlan(List<Run> runs, int epochs, Start start, StopRules stop, int history, boolean keepsBest) {

    public TrainingPlan(List<Run> runs, int epochs, Start start, StopRules stop) {
        this(runs, epochs, start, stop, Lbfgs.HISTORY, false);
    }

    public TrainingPlan {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("expected at least one run, got none");
        }
        if (runs.stream()
                                .map(run -> List.of(run.setting(), run.heldOutFold()))
                                .distinct()
                                .count()
                        < runs.size()
                || runs.stream().map(Run::name).distinct().count() < runs.size()) {
            throw new IllegalArgumentException(
                    "expected runs that differ in loss, learning rate, l2 or momentum, got one of them twice");
        }
        if (history < 1) {
            throw new IllegalArgumentException("expected a history of at least 1 pair, got " + history);
        }
        if (epochs < 0) {
            throw new IllegalArgumentException("expected at least 0 epochs, got " + epochs);
        }
    }

    public boolean hasLbfgs() {
        return runs.stream().anyMatch(Run::isByLbfgs);
    }

    public boolean hasFolds() {
        return !runs.stream().allMatch(Run::isOnAllRows);
    }
}
