package io.sparkperceptron.session;

import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.TrainingPlan;
import java.util.List;

/**
 * How to train.
 *
 * @param checkpointEvery the epochs from one checkpoint to the next; null for a choice by time
 * @param arguments the command line, for the record; empty if a program trains
 */
public record TrainingSettings(
        TrainingPlan plan, KernelChoice kernel, Integer checkpointEvery, List<String> arguments) {

    public TrainingSettings {
        if (checkpointEvery != null && checkpointEvery < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 epoch from checkpoint to checkpoint, got " + checkpointEvery);
        }
        arguments = List.copyOf(arguments);
    }

    public TrainingSettings withStart(Start start) {
        TrainingPlan started =
                new TrainingPlan(plan.runs(), plan.epochs(), start, plan.stop(), plan.history(), plan.keepsBest());
        return new TrainingSettings(started, kernel, checkpointEvery, arguments);
    }
}
