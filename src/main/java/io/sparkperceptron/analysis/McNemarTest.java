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

    /** The two-sided probability of a difference at least as large, were both of the same error. */
    public double pValue() {
        long discordant = onlyFirstWrong + onlySecondWrong;
        long least = Math.min(onlyFirstWrong, onlySecondWrong);
        if (2 * least == discordant) {
            return 1;
        }
        if (discordant <= MOST_EXACT) {
            double tail = new BinomialDistribution(null, (int) discordant, 0.5).cumulativeProbability((int) least);
            return Math.min(1, 2 * tail);
        }
        double difference = discordant - 2 * least - 1;
        double chiSquared = difference * difference / discordant;
        return 1 - new ChiSquaredDistribution(null, 1).cumulativeProbability(chiSquared);
    }
}
