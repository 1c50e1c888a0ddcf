package io.sparkperceptron.training;

/**
 * What one run is worth after {@code epoch} updates.
 *
 * @param trainCost summed over the perceptrons, averaged over the examples; infinite if the run has diverged, in costs
 *     or weights
 * @param trainError the fraction of examples put in a wrong class
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
        double testCost,
        double testError,
        double gradientNorm,
        EpochTime time) {

    /** Whether the costs are still numbers. */
    public boolean isFinite() {
        return Double.isFinite(trainCost) && Double.isFinite(testCost);
    }
}
