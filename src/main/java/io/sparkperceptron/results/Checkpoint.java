package io.sparkperceptron.results;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingState;
import java.util.List;

/**
 * A training read from its folder.
 *
 * @param metrics of the epochs before the state's, epoch by epoch
 */
public record Checkpoint(TrainingState state, List<EpochMetrics> metrics) {

    public Checkpoint {
        metrics = List.copyOf(metrics);
    }
}
