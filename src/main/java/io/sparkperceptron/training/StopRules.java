package io.sparkperceptron.training;

import org.apache.commons.lang3.Validate;

/**
 * The conditions that end a run before the plan's last epoch. The error is {@link EpochMetrics#choosingError}.
 *
 * @param tolerance a run has converged when the norm of its gradient is at most this; 0 for never
 * @param patience a run ends after this many epochs without a new minimum of its error; 0 for never
 * @param targetError a run ends when its error is at most this fraction; negative for never
 */
public record StopRules(double tolerance, int patience, double targetError) {

    public static final StopRules NONE = new StopRules(0, 0, -1);

    public StopRules {
        boolean valid = tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY;
        Validate.isTrue(valid, "expected a tolerance of at least 0, got %s", tolerance);
        Validate.isTrue(patience >= 0, "expected a patience of at least 0 epochs, got %s", patience);
        Validate.isTrue(targetError < 1, "expected a target error below 1, got %s", targetError);
    }

    /**
     * The reason why a run ends at this epoch, or null if it continues.
     *
     * @param best the lowest error up to this epoch
     * @param chosenByFolds whether folds choose the run; a run on all rows then only ends by its gradient
     */
    Ending ending(EpochMetrics now, BestError best, boolean chosenByFolds) {
        if (tolerance > 0 && now.gradientNorm() <= tolerance) {
            return Ending.CONVERGED;
        }
        if (chosenByFolds && now.run().isOnAllRows()) {
            return null;
        }
        if (now.choosingError() <= targetError) {
            return Ending.TARGET;
        }
        return patience > 0 && now.epoch() - best.epoch() >= patience ? Ending.PATIENCE : null;
    }
}
