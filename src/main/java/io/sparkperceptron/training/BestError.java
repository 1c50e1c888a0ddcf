package io.sparkperceptron.training;

import java.util.List;

/** The lowest {@link EpochMetrics#choosingError} of a run so far, and the first epoch with it. */
public record BestError(double error, int epoch) {

    /** Before anything is measured. */
    public static final BestError NONE = new BestError(Double.POSITIVE_INFINITY, 0);

    /** The better of this and another epoch. */
    public BestError and(EpochMetrics next) {
        return and(next.epoch(), next.choosingError());
    }

    public BestError and(int nextEpoch, double nextError) {
        return nextError < error ? new BestError(nextError, nextEpoch) : this;
    }

    /** The best of a run's epochs, which are in ascending order. */
    public static BestError of(List<EpochMetrics> epochs) {
        BestError best = NONE;
        for (EpochMetrics epoch : epochs) {
            best = best.and(epoch);
        }
        return best;
    }
}
