package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;

/**
 * The end of a run, with the weights that {@code last} was measured with. {@link Optimizer#LBFGS} has the best weights of
 * each perceptron instead.
 */
public record TrainedRun(EpochMetrics last, PerceptronModel model, Ending ending) {

    public Run run() {
        return last.run();
    }

    public boolean diverged() {
        return ending == Ending.DIVERGED;
    }
}
