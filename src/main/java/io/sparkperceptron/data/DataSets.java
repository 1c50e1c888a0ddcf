package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.BySplit;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.FeatureScaling;
import java.util.List;
import java.util.Objects;

/**
 * The examples of a training: the training, validation and test sets.
 *
 * @param heldOut the training examples held out for validation
 * @param folds the folds of the training examples
 * @param scaling how the features of all examples are scaled
 * @param classWeighting weights of the classes in training; metrics ignore them
 */
public record DataSets(
        Examples training,
        HoldOut heldOut,
        Folds folds,
        Examples test,
        FeatureScaling scaling,
        ClassWeighting classWeighting) {

    /** Throws a {@link UserException} if the folds do not fit the rows. */
    public DataSets {
        if (!folds.isNone() && !heldOut.isNone()) {
            throw new IllegalArgumentException("expected rows that are held out or folds, got both");
        }
        folds.requireAtMost(training.rows());
    }

    /** Data without folds and class weights. */
    public DataSets(Examples training, HoldOut heldOut, Examples test, FeatureScaling scaling) {
        this(training, heldOut, Folds.NONE, test, scaling, ClassWeighting.NONE);
    }

    /** Throws a {@link UserException} if the test data have another shape or other labels than the training data. */
    public void requireFit() {
        if (!Objects.equals(training.shape(), test.shape()) || training.features() != test.features()) {
            throw new UserException("Expected test data shaped as the training data, " + shapeOf(training) + " in "
                    + training.source() + ", found " + shapeOf(test) + " in " + test.source());
        }
        if (training.classes() != test.classes()) {
            throw new UserException("Expected as many classes in the test data as in the training data, "
                    + training.classes() + ", found " + test.classes() + " in " + test.source());
        }
        if (!training.labels().equals(test.labels())) {
            throw new UserException("Expected the training data's labels in the test data, " + training.labels()
                    + ", found " + test.labels() + " in " + test.source());
        }
    }

    /** Throws a {@link UserException} if there is no row to train on, or the test set is empty. */
    public void requireRows(BySplit<DatasetSummary> summaries) {
        for (Split split : test.isNone() ? List.of(Split.TRAIN) : List.of(Split.TRAIN, Split.TEST)) {
            if (summaries.of(split).rows() == 0) {
                String source = (split == Split.TRAIN ? training : test).source();
                throw new UserException("Expected at least one example in " + source + ", found none");
            }
        }
    }

    /** The largest number of parts of a training block divided by folds; 1 without folds. */
    public int parts() {
        return Math.max(1, folds.count() + heldOut.folds());
    }

    /** The number of blocks of the larger set; with more partitions, some would be empty. */
    public int mostPartitions() {
        return mostPartitions(training.rows(), test.rows());
    }

    /** The same for sets with these numbers of rows; at least 1. */
    public static int mostPartitions(long trainingRows, long testRows) {
        long blocks = Math.max(Examples.blocksOf(trainingRows), Examples.blocksOf(testRows));
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, blocks));
    }

    /**
     * The weights of the training set's classes. Throws a {@link UserException} if they do not fit the classes, or if
     * all examples, or all those outside a fold, would have the weight 0.
     */
    public ClassWeights classWeights(DatasetSummary summary) {
        ClassLabels labels = training.labels();
        ClassWeights weights = classWeighting.weights(labels, summary::classCount);
        for (int f = 0; f < folds.count(); f++) {
            int fold = f;
            weights.requireSomeAboveZero(
                    labels.count(),
                    c -> summary.classCount(c) - summary.classCount(c, fold),
                    "training examples without fold " + fold);
        }
        return weights;
    }

    private static String shapeOf(Examples examples) {
        return examples.shape() == null
                ? examples.features() + " features"
                : "images of " + examples.shape() + " pixels";
    }
}
