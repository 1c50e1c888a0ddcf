package io.sparkperceptron.gradient;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.ExampleBlock;
import java.io.Serializable;

/**
 * The grids on which sums of blocks are added up as 64-bit integers, so that the order in which they arrive is irrelevant.
 *
 * <p>Gradients: with n rows and M the largest |x| (at least 1, the bias), |dJ/dz| is at most 1, so a total over all blocks
 * is at most n M, and each block's rounding adds at most half a step. The step is 2^-g with the largest g such that n M 2^g
 * is at most 2^61; a total then stays below 2^62.
 *
 * <p>Costs: a block's cost v, never negative, is split into its whole part and the rest in steps of 2^-f. With B blocks,
 * f = 62 - ceil(log2 B) - 1; a v of 2^f or more is not admitted but marks its perceptron as diverged. Both totals stay
 * below 2^62.
 */
public final class FixedPointGrid implements Serializable {

    private static final int TOTAL_BITS = 62;

    private final int gradientExponent;
    private final int costExponent;

    private FixedPointGrid(int gradientExponent, int costExponent) {
        this.gradientExponent = gradientExponent;
        this.costExponent = costExponent;
    }

    /**
     * The grid for data of {@code rows} examples, train and test together.
     *
     * @param largestValue the largest |x| of any scaled feature
     * @throws UserException if it is too large for any grid: 2^900 or more
     */
    public static FixedPointGrid forData(long rows, double largestValue) {
        if (rows < 1) {
            throw new IllegalArgumentException("expected at least one row, got " + rows);
        }
        double bound = rows * Math.max(1, largestValue);
        if (!(bound < 0x1p900)) {
            throw new UserException("Expected features below 2^900 / " + rows + " rows in size, found " + largestValue
                    + "; scale them down, or pass --scaling unit-norm");
        }
        long blocks = (rows + ExampleBlock.ROWS - 1) / ExampleBlock.ROWS + 1;
        int boundBits = Math.getExponent(bound) + 1;
        int blockBits = Long.SIZE - Long.numberOfLeadingZeros(blocks - 1);
        return new FixedPointGrid(TOTAL_BITS - 1 - boundBits, TOTAL_BITS - 1 - blockBits);
    }

    /** 2^g: a block's gradient times this, rounded to the nearest whole number, is what is added. */
    double gradientScale() {
        return Math.scalb(1.0, gradientExponent);
    }

    /** Whether a block's cost can be added. */
    boolean admitsCost(double cost) {
        return cost >= 0 && cost < Math.scalb(1.0, costExponent);
    }

    /** The rest of a cost after its whole part, in steps. */
    long costSteps(double rest) {
        return (long) Math.rint(Math.scalb(rest, costExponent));
    }

    /** A total of costs from its two parts. */
    double cost(long whole, long steps) {
        return whole + Math.scalb((double) steps, -costExponent);
    }

    /** 2^-g, the step: a total of gradients is so many of it. */
    double gradientStep() {
        return Math.scalb(1.0, -gradientExponent);
    }
}
