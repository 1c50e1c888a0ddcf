package io.sparkperceptron.block;

import io.sparkperceptron.model.FeatureFactors;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Sums that yield each feature's standard deviation over the training rows, sqrt(mean(x^2) - mean(x)^2). Let c be the
 * centre of the feature's range. x - c is rounded to q steps of 2^-g, with g such that |q| is at most 2^{@value #BITS}.
 * Integers of 128 bits add up q and q^2. Therefore, the order of additions does not matter, a small deviation from a
 * large mean keeps its digits, and no sum overflows below 2^35 rows. Bytes are exact multiples of a step. Public
 * because Kryo registers it.
 */
public final class FeatureMoments implements Serializable {

    private static final int BITS = 46;

    private final long[] sumsHigh;
    private final long[] sumsLow;
    private final long[] squaresHigh;
    private final long[] squaresLow;

    public FeatureMoments(int features) {
        this.sumsHigh = new long[features];
        this.sumsLow = new long[features];
        this.squaresHigh = new long[features];
        this.squaresLow = new long[features];
    }

    /** Adds the entries that a block stores. Modified: this. */
    public void add(ExampleBlock block, FeatureRanges ranges) {
        int[] columns = new int[block.longestRow()];
        double[] values = new double[columns.length];
        for (int row = 0; row < block.rows(); row++) {
            int count = block.unpack(row, row + 1, columns, values);
            for (int k = 0; k < count; k++) {
                int j = columns[k];
                if (!ranges.isConstant(j)) {
                    long q = steps(values[k], j, ranges);
                    add(sumsHigh, sumsLow, j, q >> 63, q);
                    add(squaresHigh, squaresLow, j, Math.multiplyHigh(q, q), q * q);
                }
            }
        }
    }

    /** Modified: this. */
    public FeatureMoments merge(FeatureMoments other) {
        for (int j = 0; j < sumsLow.length; j++) {
            add(sumsHigh, sumsLow, j, other.sumsHigh[j], other.sumsLow[j]);
            add(squaresHigh, squaresLow, j, other.squaresHigh[j], other.squaresLow[j]);
        }
        return this;
    }

    /** One over each feature's standard deviation, 1 where it is constant. */
    public FeatureFactors factors(FeatureRanges ranges, DatasetSummary training) {
        double[] factors = new double[sumsLow.length];
        Arrays.setAll(
                factors,
                j -> ranges.isConstant(j) ? 1 : Math.min(1 / deviation(j, ranges, training), Double.MAX_VALUE));
        return FeatureFactors.of(factors);
    }

    private double deviation(int feature, FeatureRanges ranges, DatasetSummary training) {
        BigInteger rows = BigInteger.valueOf(training.rows());
        BigInteger zeros = BigInteger.valueOf(training.rows() - training.activeIn(feature));
        BigInteger zero = BigInteger.valueOf(steps(0, feature, ranges));
        BigInteger sum = whole(sumsHigh[feature], sumsLow[feature]).add(zeros.multiply(zero));
        BigInteger squares = whole(squaresHigh[feature], squaresLow[feature])
                .add(zeros.multiply(zero).multiply(zero));
        double spread = rows.multiply(squares).subtract(sum.multiply(sum)).doubleValue();
        return Math.scalb(Math.sqrt(spread) / training.rows(), -exponent(feature, ranges));
    }

    private static int exponent(int feature, FeatureRanges ranges) {
        return BITS - 1 - Math.getExponent(ranges.reach(feature));
    }

    private static long steps(double value, int feature, FeatureRanges ranges) {
        return (long) Math.rint(Math.scalb(value - ranges.centre(feature), exponent(feature, ranges)));
    }

    /** Adds a number of 128 bits. Modified: highs, lows. */
    private static void add(long[] highs, long[] lows, int at, long high, long low) {
        long sum = lows[at] + low;
        highs[at] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        lows[at] = sum;
    }

    private static BigInteger whole(long high, long low) {
        return new BigInteger(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
    }
}
