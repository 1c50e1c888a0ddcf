package io.sparkperceptron.results;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingState;
import java.util.List;

/**
 * A training as it was read back.
 *
 * @param metricsText what {@code metrics.csv} held of the epochs before the state's
 * @param metrics the same, read
 */
public record Checkpoint(TrainingState state, String metricsText, List<EpochMetrics> metrics) {

    public Checkpoint {
        metrics = List.copyOf(metrics);
    }
}
