package io.sparkperceptron.training;

/**
 * When a run ends before the plan's last epoch. Errors are those that runs are chosen by, see {@link
 * EpochMetrics#choosingError}.
 *
 * @param tolerance a run whose gradient is not longer than this has converged; 0 for never
 * @param patience a run whose error has had no new minimum for so many epochs ends; 0 for never
 * @param targetError a run whose error is not above this fraction ends; negative for never
 */
public record StopRules(double tolerance, int patience, double targetError) {

    /** Runs have all of their epochs. */
    public static final StopRules NONE = new StopRules(0, 0, -1);

    public StopRules {
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a tolerance of at least 0, got " + tolerance);
        }
        if (patience < 0) {
            throw new IllegalArgumentException("expected a patience of at least 0 epochs, got " + patience);
        }
        if (!(targetError < 1)) {
            throw new IllegalArgumentException("expected a target error below 1, got " + targetError);
        }
    }

    /**
     * Why a run ends at this epoch, or null if it goes on.
     *
     * @param best the least error up to this epoch
     * @param chosenByFolds whether runs are chosen by folds: then the error of a run on all rows, on the test set, ends nothing
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
