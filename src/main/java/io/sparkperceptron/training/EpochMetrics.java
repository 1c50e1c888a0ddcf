package io.sparkperceptron.training;

/**
 * What one run is worth after {@code epoch} updates.
 *
 * @param trainCost summed over the perceptrons, averaged over the examples; infinite if the run has diverged, in costs
 *     or weights
 * @param trainError the fraction of examples put in a wrong class
 * @param validationCost likewise on the rows held out of the training set; NaN if there are none
 * @param validationError likewise
 * @param testCost likewise on the test set
 * @param testError likewise on the test set
 * @param gradientNorm the Euclidean norm of the gradient of the training cost, biases included; infinite if the run has
 *     diverged
 * @param time shared by all runs of the pass
 */
public record EpochMetrics(
        int epoch,
        Run run,
        double trainCost,
        double trainError,
        double validationCost,
        double validationError,
        double testCost,
        double testError,
        double gradientNorm,
        EpochTime time) {

    /** Whether the costs are still numbers. */
    public boolean isFinite() {
        return Double.isFinite(trainCost) && Double.isFinite(testCost);
    }

    /** The error that runs and epochs are chosen by: of the validation rows, or, where there are none, of the test set. */
    public double choosingError() {
        return Double.isNaN(validationError) ? testError : validationError;
    }
}
