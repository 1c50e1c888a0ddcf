package io.sparkperceptron.data;

import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;

/**
 * What a training trains on, chooses by and tests with.
 *
 * @param heldOut of the training examples, for validation
 * @param folds of the training examples
 * @param scaling of all of them
 * @param classWeighting of what is trained on; metrics count every example the same
 */
public record DataSets(
        Examples training,
        HoldOut heldOut,
        Folds folds,
        Examples test,
        FeatureScaling scaling,
        ClassWeighting classWeighting) {

    /**
     * Checks the folds.
     *
     * @throws io.sparkperceptron.UserException if there are more than rows
     */
    public DataSets {
        if (!folds.isNone() && heldOut.count() > 0) {
            throw new IllegalArgumentException("expected rows that are held out or folds, got both");
        }
        folds.requireAtMost(training.rows());
    }

    /** Without folds, and with classes that all count the same. */
    public DataSets(Examples training, HoldOut heldOut, Examples test, FeatureScaling scaling) {
        this(training, heldOut, Folds.NONE, test, scaling, ClassWeighting.NONE);
    }
}
