package io.sparkperceptron.gradient;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.data.ExampleBlock;
import java.io.Serializable;

/**
 * The grids on which sums of blocks are added up as 64-bit integers, so that the order in which they arrive is irrelevant.
 *
 * <p>Gradients: let n be the rows of all sets, m = min(n, {@value ExampleBlock#ROWS}) the most in a block, M the largest |x| (at least
 * 1, the bias) and |dJ/dz| at most 1, as it is for both losses. The step is 2^-g with the largest g such that
 *
 * <pre>
 *   m M 2^g is at most 2^50, so that a block's sum is rounded by adding a constant (see {@link #ROUNDER}), and
 *   n M 2^g is at most 2^61, so that no total reaches 2^62, the half steps by which blocks are rounded included.
 * </pre>
 *
 * <p>The first of them decides up to a million rows. The mean gradient is then off by less than 2^-49 M times n over the
 * training rows, which is n / m + 1 blocks' half steps over the training rows; by far less where there are many blocks, for their errors cancel.
 *
 * <p>Costs: a block's cost v, never negative, is split into its whole part and the rest in steps of 2^-f. With B blocks,
 * f = 61 - ceil(log2 B); a v of 2^f or more is not admitted but marks its perceptron as diverged. Both totals stay
 * below 2^62.
 */
public final class FixedPointGrid implements Serializable {

    /** Added to a number of up to 2^51 in size it leaves the nearest whole number in the sum's last bits, as 1.5 x 2^52. */
    static final double ROUNDER = 0x1.8p52;

    private static final int BLOCK_BITS = 50;
    private static final int TOTAL_BITS = 61;

    private final int gradientExponent;
    private final int costExponent;

    private FixedPointGrid(int gradientExponent, int costExponent) {
        this.gradientExponent = gradientExponent;
        this.costExponent = costExponent;
    }

    /**
     * The grid for data of {@code rows} examples, those of all sets together.
     *
     * @param largestValue the largest |x| of any scaled feature
     * @throws UserException if it is too large for any grid: 2^900 or more
     */
    public static FixedPointGrid forData(long rows, double largestValue) {
        if (rows < 1) {
            throw new IllegalArgumentException("expected at least one row, got " + rows);
        }
        double largest = Math.max(1, largestValue);
        if (!(rows * largest < 0x1p900)) {
            throw new UserException(
                    "Expected features below 2^900 / " + rows + " rows in size, found " + largestValue, Remedy.SCALING);
        }
        long blocks = (rows + ExampleBlock.ROWS - 1) / ExampleBlock.ROWS + 1;
        int gradientExponent = Math.min(
                BLOCK_BITS - bits((double) Math.min(rows, ExampleBlock.ROWS) * largest),
                TOTAL_BITS - bits((double) rows * largest));
        return new FixedPointGrid(gradientExponent, TOTAL_BITS - bits((double) blocks));
    }

    /** The least whole b with {@code size} at most 2^b, for a size of at least 1. */
    private static int bits(double size) {
        int exponent = Math.getExponent(size);
        return size == Math.scalb(1.0, exponent) ? exponent : exponent + 1;
    }

    /** 2^g: a block's gradient times this, rounded to the nearest whole number, is what is added. */
    double gradientScale() {
        return Math.scalb(1.0, gradientExponent);
    }

    /** A block's gradient in steps, a tie to the even. */
    long gradientSteps(double gradient) {
        return Double.doubleToRawLongBits(Math.fma(gradient, gradientScale(), ROUNDER))
                - Double.doubleToRawLongBits(ROUNDER);
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
