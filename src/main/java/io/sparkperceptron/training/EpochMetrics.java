package io.sparkperceptron.training;

import io.sparkperceptron.data.Split;
import io.sparkperceptron.model.SetMetrics;

/**
 * What one run is worth after {@code epoch} updates.
 *
 * @param train on the training set; its cost is infinite if the run has diverged, in costs or weights
 * @param validation on the rows held out of the training set, if there are any
 * @param test on the test set
 * @param gradientNorm the Euclidean norm of the gradient of the training cost, biases included; infinite if the run has
 *     diverged
 * @param time shared by all runs of the pass
 */
public record EpochMetrics(
        int epoch,
        Run run,
        SetMetrics train,
        SetMetrics validation,
        SetMetrics test,
        double gradientNorm,
        EpochTime time) {

    public EpochMetrics {
        if (epoch < 0) {
            throw new IllegalArgumentException("expected an epoch of at least 0, got " + epoch);
        }
        if (!(gradientNorm >= 0)) {
            throw new IllegalArgumentException("expected a gradient's norm of at least 0, got " + gradientNorm);
        }
    }

    /** On one of the sets. */
    public SetMetrics of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /** Whether the costs are still numbers. */
    public boolean isFinite() {
        return Double.isFinite(train.cost()) && Double.isFinite(test.cost());
    }

    /** On the set that runs and epochs are chosen by: the validation rows, or, where there are none, the test set. */
    public SetMetrics choosing() {
        return validation.isMeasured() ? validation : test;
    }

    /** The error that runs and epochs are chosen by. */
    public double choosingError() {
        return choosing().error();
    }
}
