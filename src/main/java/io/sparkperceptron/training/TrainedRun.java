package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;

/**
 * The result of a run.
 *
 * @param model the weights at {@code last}; for {@link Optimizer#LBFGS}, the best weights of each perceptron
 * @param keptEpoch the epoch of {@code kept}
 * @param kept the weights for predictions: the last ones, or those of {@link TrainingPlan#keepsBest}
 */
public record TrainedRun(EpochMetrics last, PerceptronModel model, Ending ending, int keptEpoch, PerceptronModel kept) {

    /** A run that keeps the weights of its best epoch if {@code best} has them, otherwise the last ones. */
    public TrainedRun(EpochMetrics last, PerceptronModel model, Ending ending, BestError best) {
        this(
                last,
                model,
                ending,
                best.weights() == null ? last.epoch() : best.epoch(),
                best.weights() == null ? model : best.weights());
    }

    /** The same run, with the weights of another epoch. */
    public TrainedRun keeping(int epoch, PerceptronModel weights) {
        return new TrainedRun(last, model, ending, epoch, weights);
    }

    public Run run() {
        return last.run();
    }

    public boolean diverged() {
        return ending == Ending.DIVERGED;
    }
}
