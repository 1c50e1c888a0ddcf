package io.sparkperceptron.analysis;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * Whether two runs differ in error on the same examples: Q. McNemar, "Note on the sampling error of the difference between
 * correlated proportions or percentages", Psychometrika 12, 1947. Only examples count that one gets right and the other wrong.
 *
 * @param onlyFirstWrong examples that the first gets wrong and the second right
 * @param onlySecondWrong the other way round
 */
public record McNemarTest(long onlyFirstWrong, long onlySecondWrong) {

    /** Up to so many examples the exact distribution is taken, beyond it chi squared with Yates's correction. */
    private static final long MOST_EXACT = 1000;

    /** Whether {@link #pValue} is of the exact binomial distribution, not of chi squared. */
    public boolean isExact() {
        return discordant() <= MOST_EXACT;
    }

    /** Chi squared with Yates's correction, of one degree of freedom; NaN if no example tells the two apart. */
    public double chiSquared() {
        double difference = Math.max(0, Math.abs(onlyFirstWrong - onlySecondWrong) - 1);
        return difference * difference / discordant();
    }

    /** The two-sided probability of a difference at least as large, were both of the same error. */
    public double pValue() {
        if (onlyFirstWrong == onlySecondWrong) {
            return 1;
        }
        if (isExact()) {
            int least = (int) Math.min(onlyFirstWrong, onlySecondWrong);
            double tail = new BinomialDistribution(null, (int) discordant(), 0.5).cumulativeProbability(least);
            return Math.min(1, 2 * tail);
        }
        return 1 - new ChiSquaredDistribution(null, 1).cumulativeProbability(chiSquared());
    }

    private long discordant() {
        return onlyFirstWrong + onlySecondWrong;
    }
}
