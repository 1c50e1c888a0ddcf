package io.sparkperceptron.model;

/**
 * sigma(z) = 1 / (1 + e^-z), and its integral softplus(z) = log(1 + e^z). Both use our own exponential: a fixed
 * sequence of IEEE operations gives the same bits on every machine.
 */
public final class Sigmoid {

    /** Lower exponents are replaced by this one. The exponential is zero below about -708.7. */
    public static final double LOWEST_EXPONENT = -709;

    public static final double LOG2_E = 0x1.71547652b82fep0;
    /** ln 2 = LN2_HIGH + LN2_LOW; k * LN2_HIGH is exact for whole {@code |k| < 2^11} (W. J. Cody, W. Waite, 1980). */
    public static final double LN2_HIGH = 0x1.62e42fefa0000p-1;

    public static final double LN2_LOW = 0x1.cf79abc9e3b39p-40;
    /** Adding this rounds a double below 2^51 to the nearest whole number, which is then in the last bits. */
    public static final double ROUNDER = 0x1.8p52;

    public static final int MANTISSA_BITS = 52;
    /** The bits of 1.0. Adding k at their upper end gives the bits of 2^k, or of zero if k is -1023. */
    public static final long EXPONENT_OF_ONE = 1023L << MANTISSA_BITS;

    /** Coefficients of the exponential: {@code TAYLOR_k} is 1 / k!. */
    public static final double TAYLOR_3 = 1.0 / 6;

    public static final double TAYLOR_4 = 1.0 / 24;
    public static final double TAYLOR_5 = 1.0 / 120;
    public static final double TAYLOR_6 = 1.0 / 720;
    public static final double TAYLOR_7 = 1.0 / 5040;
    public static final double TAYLOR_8 = 1.0 / 40320;
    public static final double TAYLOR_9 = 1.0 / 362880;
    public static final double TAYLOR_10 = 1.0 / 3628800;
    public static final double TAYLOR_11 = 1.0 / 39916800;
    public static final double TAYLOR_12 = 1.0 / 479001600;
    public static final double TAYLOR_13 = 1.0 / 6227020800L;

    private static final double VANISHING_DERIVATIVE = 0.01 * 0.25;

    private Sigmoid() {}

    /** sigma(z): from 0 to 1, 0 and 1 at the infinities, NaN for NaN. */
    public static double sigmoid(double z) {
        double e = exponential(-Math.abs(z));
        return fromExponential(z, e);
    }

    /** softplus(z) = max(z, 0) + log1p(e^-|z|): never negative, never overflowing; NaN for NaN. */
    public static double softplus(double z) {
        return Math.max(z, 0) + StrictMath.log1p(exponential(-Math.abs(z)));
    }

    /** Whether the derivative s (1 - s) of an output s is less than a hundredth of the largest, 1/4. */
    public static boolean isSaturated(double s) {
        return s * (1 - s) < VANISHING_DERIVATIVE;
    }

    /** sigma(z), given e = e^-|z|. */
    public static double fromExponential(double z, double e) {
        return (z >= 0 ? 1 : e) / (1 + e);
    }

    /**
     * e^x for x at most 0. With x = k ln 2 + r and |r| at most (ln 2)/2 it is 2^k times the Taylor polynomial of degree
     * 13 in r, whose remainder is below 2^-57 of the result. The result is within one unit in the last place down to x
     * = -708, the end of the normal doubles. It is zero below about -708.7, and NaN for NaN.
     */
    public static double exponential(double exponent) {
        double x = Math.max(exponent, LOWEST_EXPONENT);
        double rounded = Math.fma(x, LOG2_E, ROUNDER);
        double k = rounded - ROUNDER;
        double r = Math.fma(-k, LN2_HIGH, x);
        r = Math.fma(-k, LN2_LOW, r);
        double p = TAYLOR_13;
        p = Math.fma(p, r, TAYLOR_12);
        p = Math.fma(p, r, TAYLOR_11);
        p = Math.fma(p, r, TAYLOR_10);
        p = Math.fma(p, r, TAYLOR_9);
        p = Math.fma(p, r, TAYLOR_8);
        p = Math.fma(p, r, TAYLOR_7);
        p = Math.fma(p, r, TAYLOR_6);
        p = Math.fma(p, r, TAYLOR_5);
        p = Math.fma(p, r, TAYLOR_4);
        p = Math.fma(p, r, TAYLOR_3);
        p = Math.fma(p, r, 0.5);
        p = Math.fma(p, r, 1);
        p = Math.fma(p, r, 1);
        return p * Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) << MANTISSA_BITS) + EXPONENT_OF_ONE);
    }
}
