package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;

/**
 * How a run ended.
 *
 * @param model the weights that {@code last} was measured with
 */
public record TrainedRun(EpochMetrics last, PerceptronModel model, Ending ending) {

    public Run run() {
        return last.run();
    }

    /** Whether the run left because its costs were no longer finite. */
    public boolean diverged() {
        return ending == Ending.DIVERGED;
    }
}
