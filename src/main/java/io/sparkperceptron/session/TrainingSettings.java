package io.sparkperceptron.session;

import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.TrainingPlan;
import java.util.List;

/**
 * How to train.
 *
 * @param plan runs, epochs, start and rules for ending early
 * @param checkpointEvery the epochs from one checkpoint to the next; null for a choice by time
 * @param existing what becomes of earlier results
 * @param arguments as a person has typed them, for the record; none if a program trains
 */
public record TrainingSettings(
        TrainingPlan plan, KernelChoice kernel, Integer checkpointEvery, Existing existing, List<String> arguments) {

    public TrainingSettings {
        if (checkpointEvery != null && checkpointEvery < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 epoch from checkpoint to checkpoint, got " + checkpointEvery);
        }
        arguments = List.copyOf(arguments);
    }

    /** The same, with another start. */
    public TrainingSettings withStart(Start start) {
        return new TrainingSettings(
                new TrainingPlan(plan.runs(), plan.epochs(), start, plan.stop()),
                kernel,
                checkpointEvery,
                existing,
                arguments);
    }
}
