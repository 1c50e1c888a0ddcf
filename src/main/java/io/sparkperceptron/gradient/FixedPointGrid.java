package io.sparkperceptron.gradient;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ExampleBlock;
import java.io.Serializable;
import java.util.function.IntUnaryOperator;

/**
 * Grids on which sums of blocks are added as 64-bit integers, so that the order of the blocks is irrelevant.
 *
 * <p>Gradients: let n be the rows of all sets, m = min(n, {@value ExampleBlock#ROWS}) the largest number in a block, M
 * the largest |x| (at least 1, the bias), |dJ/dz| at most 1, see {@link io.sparkperceptron.model.Loss#slope(double,
 * boolean)}, and W the largest weight of an example (at least 1) times that of a class (at least 1). The step is 2^-g
 * with the largest g such that
 *
 * <pre>
 *   m M W 2^g is at most 2^50, so that adding a constant rounds a block's sum (see {@link #ROUNDER}), and
 *   n M W 2^g is at most 2^61, so that no total reaches 2^62, including the half steps of rounding.
 * </pre>
 *
 * <p>Up to a million rows the first bound decides. With n_t training rows, the error of the mean gradient is then less
 * than 2^-49 M W n / n_t: half a step for each of n / m + 1 blocks, divided by n_t. With many blocks the error is far
 * smaller, because errors cancel.
 *
 * <p>A feature with smaller values has a finer grid, of step 2^-(g + {@value #BUCKET_BITS} b). Let M_j, its largest |x|
 * in training and validation rows, be at most 2^e for a whole e. Then b is the largest whole number, at least 0, such
 * that e + {@value #BUCKET_BITS} b is at most floor(log2 M) and the step is at least 2^-1000. M_j 2^(g + {@value
 * #BUCKET_BITS} b) is then at most M 2^g, so both bounds also hold for the feature. All features with more than M / 256
 * have the step 2^-g. The bias is a feature of size 1.
 *
 * <p>Costs: a block's cost v, never negative, is split into its whole part and the rest in steps of 2^-f, where f = 61
 * - ceil(log2 B) for B blocks or parts of blocks. A v of 2^f or more is not added, and marks its perceptron as
 * diverged. Both totals stay below 2^62.
 */
public final class FixedPointGrid implements Serializable {

    /** 1.5 x 2^52. Adding a number of at most 2^51 in size leaves its nearest whole number in the last bits. */
    static final double ROUNDER = 0x1.8p52;

    private static final int BLOCK_BITS = 50;
    private static final int TOTAL_BITS = 61;

    private static final int BUCKET_BITS = 8;
    private static final int MOST_EXPONENT = 1000;

    private final int gradientExponent;
    private final int costExponent;
    /** b of each feature and of the bias, as unsigned bytes; null if all are 0. */
    private final byte[] buckets;

    private FixedPointGrid(int gradientExponent, int costExponent, byte[] buckets) {
        this.gradientExponent = gradientExponent;
        this.costExponent = costExponent;
        this.buckets = buckets;
    }

    /** A grid with the same step for all features. */
    public static FixedPointGrid forData(long rows, double largestValue) {
        return forData(rows, 1, largestValue, 1, 0, null);
    }

    /**
     * The grid for data of {@code rows} examples in all sets together.
     *
     * @param parts the largest number of parts into which a block is divided
     * @param largestValue the largest |x| of any scaled feature
     * @param largestWeight the largest weight of an example times that of its class, at least 1
     * @param features d
     * @param sizes of each feature in training and validation rows, see {@link DatasetSummary#sizeOf}; null for one
     *     step for all
     * @throws UserException if rows times the largest value times the largest weight is 2^900 or more
     */
    public static FixedPointGrid forData(
            long rows, int parts, double largestValue, double largestWeight, int features, IntUnaryOperator sizes) {
        if (rows < 1) {
            throw new IllegalArgumentException("expected at least one row, got " + rows);
        }
        double largest = Math.max(1, largestValue);
        double weighted = largest * largestWeight;
        if (!(rows * weighted < 0x1p900)) {
            throw new UserException(
                    "Expected features below 2^900 / " + rows + " rows in size"
                            + (largestWeight == 1 ? "" : ", times weights") + ", found " + largestValue * largestWeight,
                    largestWeight == 1 ? Remedy.SCALING : Remedy.CLASS_WEIGHTS);
        }
        long blocks = (rows + ExampleBlock.ROWS - 1) / ExampleBlock.ROWS + 1;
        int gradientExponent = Math.min(
                BLOCK_BITS - bits((double) Math.min(rows, ExampleBlock.ROWS) * weighted),
                TOTAL_BITS - bits((double) rows * weighted));
        byte[] buckets = sizes == null
                ? null
                : buckets(Math.getExponent(largest), MOST_EXPONENT - gradientExponent, features, sizes);
        return new FixedPointGrid(gradientExponent, TOTAL_BITS - bits((double) blocks * parts), buckets);
    }

    private static byte[] buckets(int largest, int mostBits, int features, IntUnaryOperator sizes) {
        byte[] buckets = new byte[features + 1];
        boolean any = false;
        for (int j = 0; j <= features; j++) {
            int size = j == features ? 0 : sizes.applyAsInt(j);
            int bits = size == DatasetSummary.NO_SIZE ? 0 : Math.min(Math.max(0, largest - size), mostBits);
            buckets[j] = (byte) (bits / BUCKET_BITS);
            any |= buckets[j] != 0;
        }
        return any ? buckets : null;
    }

    /** The smallest whole b with {@code size} at most 2^b, for a size of at least 1. */
    private static int bits(double size) {
        int exponent = Math.getExponent(size);
        return size == Math.scalb(1.0, exponent) ? exponent : exponent + 1;
    }

    /** One over the step of a feature; d is the bias. */
    double gradientScale(int feature) {
        return powerOfTwo(gradientExponent(feature));
    }

    /** A block's gradient in steps of the feature's grid, rounded to the nearest, ties to even. */
    long gradientSteps(double gradient, int feature) {
        return Double.doubleToRawLongBits(Math.fma(gradient, gradientScale(feature), ROUNDER))
                - Double.doubleToRawLongBits(ROUNDER);
    }

    private int gradientExponent(int feature) {
        return buckets == null ? gradientExponent : gradientExponent + BUCKET_BITS * (buckets[feature] & 0xFF);
    }

    private static double powerOfTwo(int exponent) {
        return Double.longBitsToDouble((long) (Double.MAX_EXPONENT + exponent) << 52);
    }

    boolean admitsCost(double cost) {
        return cost >= 0 && cost < Math.scalb(1.0, costExponent);
    }

    /** The fractional part of a cost in steps, rounded. */
    long costSteps(double rest) {
        return (long) Math.rint(Math.scalb(rest, costExponent));
    }

    /** A total of costs from its whole part and steps. */
    double cost(long whole, long steps) {
        return whole + Math.scalb((double) steps, -costExponent);
    }

    /** The step of a feature; a total of gradients is a multiple of it. */
    double gradientStep(int feature) {
        return powerOfTwo(-gradientExponent(feature));
    }
}
