package io.sparkperceptron.training;

import java.util.List;

/**
 * The least error of a run that runs are chosen by, see {@link EpochMetrics#choosingError}.
 *
 * @param epoch the first with that error
 */
public record BestError(double error, int epoch) {

    /** Before anything is measured. */
    public static final BestError NONE = new BestError(Double.POSITIVE_INFINITY, 0);

    /** With one more epoch looked at. */
    public BestError and(EpochMetrics next) {
        return and(next.epoch(), next.choosingError());
    }

    /** Likewise, by its number and error. */
    public BestError and(int nextEpoch, double nextError) {
        return nextError < error ? new BestError(nextError, nextEpoch) : this;
    }

    /** Of a run's epochs, in their order. */
    public static BestError of(List<EpochMetrics> epochs) {
        BestError best = NONE;
        for (EpochMetrics epoch : epochs) {
            best = best.and(epoch);
        }
        return best;
    }
}
