package io.sparkperceptron.training;

import java.util.HashSet;
import java.util.List;

/**
 * What is to be trained.
 *
 * @param runs side by side, each from {@code start}
 * @param epochs the most updates of a run; 0 measures the start alone
 * @param tolerance a run whose gradient is not longer than this has converged, and leaves; 0 for never
 */
public record TrainingPlan(List<Run> runs, int epochs, Start start, double tolerance) {

    public TrainingPlan {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("expected at least one run, got none");
        }
        if (new HashSet<>(runs).size() < runs.size()) {
            throw new IllegalArgumentException(
                    "expected runs that differ in loss or learning rate, got one of them twice");
        }
        if (epochs < 0) {
            throw new IllegalArgumentException("expected at least 0 epochs, got " + epochs);
        }
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a tolerance of at least 0, got " + tolerance);
        }
    }
}
