package io.sparkperceptron.training;

import io.sparkperceptron.block.ContentHash;
import io.sparkperceptron.model.Weights;
import java.util.Collection;

/**
 * 64 bits of each run's weights and what its {@link StepRule} keeps: of all that its next epoch depends on. If they
 * come back, so do all epochs since, but for one case in 2^64: a {@link ContentHash} of every double, in the order of
 * the features.
 */
final class StateDigest {

    private StateDigest() {}

    /** One for each run. */
    static long[] of(Weights weights, Collection<Weights> kept) {
        long[] digests = new long[weights.runs()];
        add(weights, digests);
        kept.forEach(matrix -> add(matrix, digests));
        return digests;
    }

    /** Modified: digests. */
    private static void add(Weights weights, long[] digests) {
        int classes = weights.classes();
        double[] values = weights.values();
        for (int i = 0; i < values.length; ) {
            for (int run = 0; run < digests.length; run++) {
                long digest = digests[run];
                for (int end = i + classes; i < end; i++) {
                    digest = ContentHash.mix(digest, Double.doubleToRawLongBits(values[i]));
                }
                digests[run] = digest;
            }
        }
    }
}
