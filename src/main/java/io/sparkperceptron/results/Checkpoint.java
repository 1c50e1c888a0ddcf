package io.sparkperceptron.results;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingState;
import java.util.List;

/**
 * A training read from its folder.
 *
 * @param metricsText {@code metrics.csv} before the state's epoch
 */
public record Checkpoint(TrainingState state, String metricsText, List<EpochMetrics> metrics) {

    public Checkpoint {
        metrics = List.copyOf(metrics);
    }
}
