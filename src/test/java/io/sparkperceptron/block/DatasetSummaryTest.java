package io.sparkperceptron.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetSummaryTest {

    private static final double[][] ROWS = {{255, 0, -1, 1e300}, {0, 0, 2.5, 3}, {256, 0, 4, Double.MIN_VALUE}};

    @Test
    void sizesAreSmallestPowersOfTwo() {
        DatasetSummary summary = summary(FeatureScaling.NONE, ROWS[0]).merge(summary(FeatureScaling.NONE, ROWS[1]));
        assertEquals(8, summary.sizeOf(0));
        assertEquals(DatasetSummary.NO_SIZE, summary.sizeOf(1));
        assertEquals(2, summary.sizeOf(2));
        assertEquals(997, summary.sizeOf(3));
        DatasetSummary powers = summary(FeatureScaling.NONE, ROWS[2]);
        assertEquals(8, powers.sizeOf(0));
        assertEquals(2, powers.sizeOf(2));
        assertEquals(-1022, powers.sizeOf(3));
        assertEquals(DatasetSummary.NO_SIZE, new DatasetSummary(2).sizeOf(0));
    }

    @Test
    void sizesAreThoseOfScaledFeatures() {
        assertEquals(1, summary(FeatureScaling.PIXEL, ROWS[2]).sizeOf(0));
        assertEquals(0, summary(FeatureScaling.PIXEL, ROWS[0]).sizeOf(0));
        assertEquals(
                0, summary(FeatureScaling.UNIT_NORM, new double[] {3, 4, 0, 0}).sizeOf(0));
    }

    @Test
    void emptyPartsAddNothing() {
        DatasetSummary summary = new DatasetSummary(2).merge(summary(FeatureScaling.NONE, ROWS[1]));
        assertEquals(2, summary.sizeOf(2));
        assertEquals(1, summary.merge(new DatasetSummary(2)).activeIn(2));
    }

    /** Two sets have the same bytes and the same classes, but different labels. */
    @Test
    void labelsAreInTheFingerprint() {
        ExampleBlock block = block(FeatureScaling.NONE, ROWS[0]);
        DatasetSummary numbers = new DatasetSummary(2);
        numbers.add(block, ClassLabels.upTo(2));
        DatasetSummary signs = new DatasetSummary(2);
        signs.add(block, ClassLabels.of(2, List.of(-1, 1)));
        assertNotEquals(numbers.fingerprint(), signs.fingerprint());
    }

    private static DatasetSummary summary(FeatureScaling scaling, double[] row) {
        DatasetSummary summary = new DatasetSummary(2);
        summary.add(block(scaling, row), ClassLabels.upTo(2));
        return summary;
    }

    private static ExampleBlock block(FeatureScaling scaling, double[] row) {
        return TestBlocks.pack(Split.TRAIN, 4, 2, scaling, new double[][] {row}, new int[1])
                .get(0);
    }
}
