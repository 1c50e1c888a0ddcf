package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.BySplit;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.gradient.GradientSum;
import java.util.EnumMap;
import java.util.Map;

/** The number of rows and the sum of hashes of each set's blocks. Every pass over the blocks must find the same. */
record BlockTotals(DataSets sets, Map<Split, Total> totals) {

    /** The hash is the sum of the blocks' hashes, which wraps around. */
    record Total(long rows, long hash) {

        static final Total NONE = new Total(0, 0);
    }

    static BlockTotals of(DataSets sets, BySplit<DatasetSummary> summaries) {
        Map<Split, Total> totals = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            DatasetSummary summary = summaries.of(split);
            totals.put(split, new Total(summary.rows(), summary.hash()));
        }
        return new BlockTotals(sets, totals);
    }

    /** The totals of these training blocks and, if {@code tested}, of the test blocks. */
    BlockTotals with(Total training, boolean tested) {
        Total test = tested ? total(Split.TEST) : Total.NONE;
        return new BlockTotals(sets, Map.of(Split.TRAIN, training, Split.TEST, test));
    }

    long rows(Split split) {
        return total(split).rows();
    }

    /**
     * Throws a {@link UserException} if a pass used other blocks. Spark reads the blocks of a lost executor again, and
     * the data may have changed since the first reading.
     */
    void requireSame(GradientSum sum) {
        requireRows(
                rows(Split.TRAIN) + rows(Split.VALIDATION),
                sum.rows(Split.TRAIN, 0) + sum.rows(Split.VALIDATION, 0),
                source(Split.TRAIN));
        requireRows(rows(Split.TEST), sum.rows(Split.TEST, 0), source(Split.TEST));
        for (Split split : Split.values()) {
            requireSame(split, sum.hash(split));
        }
    }

    /** The same for a pass over one set; {@code hash} is the sum of its blocks' hashes. */
    void requireSame(Split split, long hash) {
        if (hash != total(split).hash()) {
            throw new UserException("Expected the rows that were read first from " + source(split)
                    + ", found other features, labels or weights when they were read again; the files have changed, or"
                    + " give other rows whenever they are read: train again on data that stay as they are");
        }
    }

    private static void requireRows(long expected, long found, String source) {
        if (found != expected) {
            throw new UserException("Expected " + expected + " rows in the pass, found " + found
                    + "; did the files change? They are " + source);
        }
    }

    private String source(Split split) {
        return (split == Split.TEST ? sets.test() : sets.training()).source();
    }

    Total total(Split split) {
        return totals.getOrDefault(split, Total.NONE);
    }
}
