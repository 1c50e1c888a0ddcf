package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final ClassLabels LABELS = ClassLabels.of(4, List.of(-1, 1, 5, 9));
    private static final Folds TWO = new Folds(2, 1);

    @Test
    void warnsOfClassesWithoutExamples() {
        assertEquals(
                Optional.of("No training example is of class 9, so its perceptron only learns to say no"),
                Readiness.absence(summary(new int[] {0, 1, 2}, TWO), LABELS));
        assertEquals(
                Optional.of("2 of 4 classes have no training example, so their perceptrons only learn to say no: 5, 9."
                        + " If the data have fewer classes, give their number"),
                Readiness.absence(summary(new int[] {0, 1, 1}, TWO), LABELS));
        assertEquals(Optional.empty(), Readiness.absence(summary(new int[] {0, 1, 2, 3}, TWO), LABELS));
    }

    @Test
    void warnsOfFoldsWithNoneOrAllOfAClass() {
        Folds folds = new Folds(2, 1);
        int[] labels = new int[8];
        for (int row = 0; row < labels.length; row++) {
            // Each fold has one example of class 1. Fold 1 has all examples of class 5. Class 9 has no example.
            labels[row] = row < 2 ? 1 : 2 * folds.fold(row);
        }
        assertEquals(
                List.of(
                        "Fold 0 has no example of class 5, so its validation error says nothing about that class",
                        "Fold 0 has all examples of class -1, so runs that leave it out never learn that class",
                        "Fold 1 has no example of class -1, so its validation error says nothing about that class",
                        "Fold 1 has all examples of class 5, so runs that leave it out never learn that class"),
                Readiness.foldGaps(summary(labels, folds), folds, LABELS));
    }

    @Test
    void limitsTheWarningsOfManyFolds() {
        Folds folds = new Folds(10, 1);
        List<String> sentences =
                Readiness.foldGaps(summary(new int[] {0, 1, 1, 1, 1, 1, 1, 1, 1, 1}, folds), folds, LABELS);
        assertEquals(6, sentences.size());
        // Ten folds lack one of the classes, and one fold has all examples of a class.
        assertEquals("6 more such warnings, of other folds or classes, are not shown", sentences.get(5));
    }

    @Test
    void doesNotWarnOfFoldsWithAllClasses() {
        assertEquals(
                List.of(),
                Readiness.foldGaps(summary(new int[] {0, 0, 1, 1, 2, 2}, new Folds(2, 1)), new Folds(2, 1), LABELS));
        assertEquals(List.of(), Readiness.foldGaps(new DatasetSummary(4), Folds.NONE, LABELS));
    }

    /** Merges a summary for each block. */
    private static DatasetSummary summary(int[] labels, Folds folds) {
        DatasetSummary merged = new DatasetSummary(LABELS.count());
        List<ExampleBlock> blocks = TestBlocks.pack(
                Split.TRAIN, 1, LABELS.count(), FeatureScaling.NONE, new double[labels.length][1], labels);
        for (ExampleBlock part : TestBlocks.divide(blocks, folds)) {
            DatasetSummary summary = new DatasetSummary(LABELS.count());
            summary.add(part, LABELS);
            merged.merge(summary);
        }
        return merged;
    }
}
