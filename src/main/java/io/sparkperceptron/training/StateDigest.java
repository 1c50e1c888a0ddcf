package io.sparkperceptron.training;

import io.sparkperceptron.block.ContentHash;
import io.sparkperceptron.model.Weights;
import java.util.List;

/**
 * A 64-bit {@link ContentHash} of each run's weights and of what the run's own {@link StepRule} keeps, in the order of
 * the features. The run's next epoch depends on nothing else. If a digest occurs again, the run repeats its epochs, but
 * for one case in 2^64.
 */
final class StateDigest {

    private StateDigest() {}

    static long[] of(Weights weights, Kept kept, List<Run> runs) {
        long[] digests = new long[weights.runs()];
        add(weights, digests);
        kept.matrices().forEach((name, matrix) -> {
            long[] with = digests.clone();
            add(matrix, with);
            for (int run = 0; run < digests.length; run++) {
                if (StepRule.of(runs.get(run).setting()).kept().contains(name)) {
                    digests[run] = with[run];
                }
            }
        });
        for (int run = 0; run < kept.searches().size(); run++) {
            for (Lbfgs search : kept.searches().get(run)) {
                digests[run] = search.digest(digests[run]);
            }
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
                    digest = ContentHash.mix(digest, Double.doubleToRawLongBits(values[i]));
                }
                digests[run] = digest;
            }
        }
    }
}
