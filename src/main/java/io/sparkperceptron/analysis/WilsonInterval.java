package io.sparkperceptron.analysis;

/**
 * A 95 % confidence interval of a fraction, also valid for fractions near 0 and for few examples: E. B. Wilson,
 * "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical
 * Association 22, 1927.
 */
public record WilsonInterval(double low, double high) {

    /** The 97.5 % point of the standard normal distribution. */
    private static final double Z = 1.959963984540054;

    /** The interval of {@code errors} out of {@code rows} examples; from 0 to 1 without examples. */
    public static WilsonInterval of(long errors, long rows) {
        if (rows == 0) {
            return new WilsonInterval(0, 1);
        }
        double fraction = errors / (double) rows;
        double spread = Z * Z / rows;
        double centre = (fraction + spread / 2) / (1 + spread);
        double half = Math.sqrt(spread * (fraction * (1 - fraction) + spread / 4)) / (1 + spread);
        return new WilsonInterval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
