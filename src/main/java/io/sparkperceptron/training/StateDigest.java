package io.sparkperceptron.training;

import io.sparkperceptron.block.ContentHash;
import io.sparkperceptron.model.Weights;
import java.util.Collection;

/**
 * A 64-bit {@link ContentHash} of each run's weights and of what its {@link StepRule} keeps, in the order of the
 * features. The next epoch depends on nothing else. If a digest occurs again, the run repeats its epochs, but for one
 * case in 2^64.
 */
final class StateDigest {

    private StateDigest() {}

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
