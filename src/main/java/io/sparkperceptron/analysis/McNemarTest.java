package io.sparkperceptron.analysis;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * A test whether two runs have different errors on the same examples: Q. McNemar, "Note on the sampling error of the
 * difference between correlated proportions or percentages", Psychometrika 12, 1947. It uses only examples that one run
 * gets right and the other gets wrong.
 */
public record McNemarTest(long onlyFirstWrong, long onlySecondWrong) {

    /** With more examples, chi squared with Yates's correction replaces the exact distribution. */
    private static final long MOST_EXACT = 1000;

    /** Whether {@link #pValue} uses the exact binomial distribution instead of chi squared. */
    public boolean isExact() {
        return discordant() <= MOST_EXACT;
    }

    /** Chi squared with Yates's correction and one degree of freedom; NaN if there are no such examples. */
    public double chiSquared() {
        double difference = Math.max(0, Math.abs(onlyFirstWrong - onlySecondWrong) - 1);
        return difference * difference / discordant();
    }

    /** The two-sided probability of a difference at least this large if both runs had the same error. */
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
