package io.sparkperceptron.training;

import io.sparkperceptron.model.SetMetrics;
import org.apache.commons.lang3.Validate;

/**
 * The measurements of a run after {@code epoch} updates.
 *
 * @param train on the training set; the cost excludes the penalty, and is infinite if costs or weights have diverged
 * @param validation on the rows held out of the training set, if there are any
 * @param test on the test set, if there is one
 * @param penalty the l2 penalty of the weights; infinite if the run has diverged
 * @param gradientNorm the Euclidean norm of the gradient of the objective, biases included; infinite if the run has
 *     diverged
 * @param time of the pass, which all its runs share
 * @param digest of everything that the next epoch depends on, see {@link Kept#digests}; null if unknown
 */
public record EpochMetrics(
        int epoch,
        Run run,
        SetMetrics train,
        SetMetrics validation,
        SetMetrics test,
        double penalty,
        double gradientNorm,
        EpochTime time,
        Long digest) {

    public EpochMetrics {
        Validate.isTrue(epoch >= 0, "expected an epoch of at least 0, got %s", epoch);
        Validate.isTrue(penalty >= 0, "expected a penalty of at least 0, got %s", penalty);
        Validate.isTrue(gradientNorm >= 0, "expected a gradient's norm of at least 0, got %s", gradientNorm);
    }

    /** The training cost plus the penalty, which the run minimizes. */
    public double objective() {
        return train.cost() + penalty;
    }

    /** Whether the training and test costs are finite. */
    public boolean isFinite() {
        return Double.isFinite(train.cost()) && (!test.isMeasured() || Double.isFinite(test.cost()));
    }

    /**
     * The error by which runs and epochs are chosen: on the validation rows; without these, on the test set; without
     * both, on the training set.
     */
    public double choosingError() {
        if (validation.isMeasured()) {
            return validation.error();
        }
        return test.isMeasured() ? test.error() : train.error();
    }
}
