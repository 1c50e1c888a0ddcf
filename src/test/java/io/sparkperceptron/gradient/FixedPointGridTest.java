package io.sparkperceptron.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ExampleBlock;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FixedPointGridTest {

    @Property
    void noTotalOfAdmittedBlocksOverflows(
            @ForAll @LongRange(min = 1, max = 1L << 40) long rows,
            @ForAll @DoubleRange(min = 0, max = 1e200) double largestValue,
            @ForAll @DoubleRange(min = 1, max = 1e9) double largestWeight) {
        FixedPointGrid grid = FixedPointGrid.forData(rows, 1, largestValue, largestWeight, 1, null);
        double blocks = Math.ceil(rows / (double) ExampleBlock.ROWS) + 1;
        double largest = Math.max(1, largestValue) * largestWeight;
        double gradientTotal = rows * largest * grid.gradientScale(0) + blocks / 2;
        assertTrue(gradientTotal < 0x1p62, () -> "gradient total " + gradientTotal);
        double gradientBlock = Math.min(rows, ExampleBlock.ROWS) * largest * grid.gradientScale(0);
        assertTrue(gradientBlock <= 0x1p50, () -> "gradient of a block " + gradientBlock);
        assertTrue(rows >= 1 << 20 || 2 * gradientBlock > 0x1p50, "a finer grid would do");

        double mostCost = 1;
        while (grid.admitsCost(2 * mostCost)) {
            mostCost *= 2;
        }
        assertTrue(blocks * 2 * mostCost <= 0x1p62, "whole costs");
        assertTrue(blocks * grid.costSteps(1) <= 0x1p62, "cost steps");
    }

    @Property
    void noTotalOfAFeatureOverflowsAndSmallOnesHaveFinerSteps(
            @ForAll @LongRange(min = 1, max = 1L << 40) long rows,
            @ForAll @IntRange(min = -1022, max = 800) int largestExponent,
            @ForAll @DoubleRange(min = 1, max = 1.99) double fraction,
            @ForAll @IntRange(min = 0, max = 1800) int below) {
        double largestValue = Math.scalb(fraction, largestExponent);
        int size = Math.max(-1022, largestExponent + 1 - below);
        FixedPointGrid grid = FixedPointGrid.forData(rows, 1, largestValue, 1, 1, feature -> size);
        double uniform = FixedPointGrid.forData(rows, largestValue).gradientScale(0);
        double largest = Math.min(Math.scalb(1.0, size), largestValue);
        assertTrue(rows * largest * grid.gradientScale(0) <= 0x1p61, "gradient total");
        assertTrue(
                Math.min(rows, ExampleBlock.ROWS) * largest * grid.gradientScale(0) <= 0x1p50, "gradient of a block");
        double factor = grid.gradientScale(0) / uniform;
        assertTrue(factor >= 1, "coarser than that of the largest");
        assertEquals(0, Math.getExponent(factor) % 8);
        double wanted = Math.max(1, largestValue) / largest;
        assertTrue(factor <= wanted, "finer than the feature is small");
        boolean finest = grid.gradientScale(0) > 0x1p992 || wanted == Double.POSITIVE_INFINITY;
        assertTrue(finest || factor * 256 * 2 > wanted, "a finer grid would do");
        assertEquals(1, grid.gradientScale(0) * grid.gradientStep(0));
    }

    @Test
    void featuresWithinAFactorOf256HaveTheGridOfTheLargest() {
        int[] sizes = {10, 3, 2, 1, 0, -7, DatasetSummary.NO_SIZE};
        FixedPointGrid grid = FixedPointGrid.forData(70_000, 1, 1000, 1, 7, feature -> sizes[feature]);
        double scale = FixedPointGrid.forData(70_000, 1000).gradientScale(0);
        // Above 1000 / 256 = 3.9, e is at least 2. The bias has size 1, so e = 0.
        double[] factors = {1, 1, 1, 0x1p8, 0x1p8, 0x1p16, 1, 0x1p8};
        for (int j = 0; j < factors.length; j++) {
            assertEquals(scale * factors[j], grid.gradientScale(j), "feature " + j);
        }
    }

    @Test
    void mnistsGridIsFinerThanDoubles() {
        FixedPointGrid grid = FixedPointGrid.forData(70_000, 1);
        assertEquals(0x1p40, grid.gradientScale(0));
        assertTrue(grid.admitsCost(1e15));
        assertEquals(0.1, grid.cost(0, grid.costSteps(0.1)), 1e-15);
    }

    @Test
    void refusesNegativeNanAndInfiniteCosts() {
        FixedPointGrid grid = FixedPointGrid.forData(1000, 1);
        assertFalse(grid.admitsCost(Double.NaN));
        assertFalse(grid.admitsCost(Double.POSITIVE_INFINITY));
        assertFalse(grid.admitsCost(1e300));
        assertFalse(grid.admitsCost(-1));
    }

    @Test
    void refusesFeaturesTooLargeForAnyGrid() {
        UserException weighted =
                assertThrows(UserException.class, () -> FixedPointGrid.forData(1000, 1, 1, 1e300, 1, null));
        assertEquals(Optional.of(Remedy.CLASS_WEIGHTS), weighted.remedy());
        UserException refused = assertThrows(UserException.class, () -> FixedPointGrid.forData(1000, Double.MAX_VALUE));
        assertEquals(Optional.of(Remedy.SCALING), refused.remedy());
        assertEquals(Optional.of(Remedy.SCALING), refused.remedy());
    }

    @Property
    void stepsAreTheNearestWholeNumbersTiesToEven(@ForAll @DoubleRange(min = -1000, max = 1000) double gradient) {
        FixedPointGrid grid = FixedPointGrid.forData(70_000, 1);
        assertEquals((long) Math.rint(gradient * 0x1p40), grid.gradientSteps(gradient, 0));
        assertEquals(2, grid.gradientSteps(2.5 * 0x1p-40, 0));
        assertEquals(-2, grid.gradientSteps(-1.5 * 0x1p-40, 0));
    }
}
