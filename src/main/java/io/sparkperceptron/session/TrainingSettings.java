package io.sparkperceptron.session;

import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.TrainingPlan;
import java.util.List;

/**
 * How to train.
 *
 * @param checkpointEvery the number of epochs between checkpoints; null for a choice by time
 * @param arguments the command line, for the record; empty if a program trains
 * @param heldOutScores whether to score each training row by the model of the fold that did not see it
 */
public record TrainingSettings(
        TrainingPlan plan,
        KernelChoice kernel,
        Integer checkpointEvery,
        List<String> arguments,
        boolean heldOutScores) {

    /** Without held-out scores. */
    public TrainingSettings(TrainingPlan plan, KernelChoice kernel, Integer checkpointEvery, List<String> arguments) {
        this(plan, kernel, checkpointEvery, arguments, false);
    }

    public TrainingSettings {
        if (checkpointEvery != null && checkpointEvery < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 epoch from checkpoint to checkpoint, got " + checkpointEvery);
        }
        if (heldOutScores && !plan.hasFolds()) {
            throw new IllegalArgumentException(
                    "expected folds for held-out scores, which are those of the models without each fold, got none");
        }
        arguments = List.copyOf(arguments);
    }

    public TrainingSettings withStart(Start start) {
        TrainingPlan started =
                new TrainingPlan(plan.runs(), plan.epochs(), start, plan.stop(), plan.history(), plan.keepsBest());
        return new TrainingSettings(started, kernel, checkpointEvery, arguments, heldOutScores);
    }
}
