package io.sparkperceptron.training;

import io.sparkperceptron.model.Weights;

/**
 * 64 bits of each run's weights and, where there is momentum, of its velocity: of all that its next epoch depends on. If they come back, so do
 * all epochs since, but for one case in 2^64. Every double, in the order of the features, is mixed in by an xor, a
 * multiplication by an odd number and a rotation, each of which loses nothing.
 */
final class StateDigest {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int ROTATION = 29;

    private StateDigest() {}

    /**
     * One for each run.
     *
     * @param velocity null without momentum
     */
    static long[] of(Weights weights, Weights velocity) {
        long[] digests = new long[weights.runs()];
        add(weights, digests);
        if (velocity != null) {
            add(velocity, digests);
        }
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
                    digest = Long.rotateLeft((digest ^ Double.doubleToRawLongBits(values[i])) * MULTIPLIER, ROTATION);
                }
                digests[run] = digest;
            }
        }
    }
}
