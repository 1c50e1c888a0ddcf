package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;
import java.util.List;
import java.util.function.Supplier;

/**
 * The lowest {@link EpochMetrics#choosingError} of a run so far, and the first epoch with it.
 *
 * @param weights of that epoch; null if they are not kept
 */
public record BestError(double error, int epoch, PerceptronModel weights) {

    /** The value before the first measurement. */
    public static final BestError NONE = new BestError(Double.POSITIVE_INFINITY, 0);

    public BestError(double error, int epoch) {
        this(error, epoch, null);
    }

    /** The better of this and another epoch. */
    public BestError and(EpochMetrics next) {
        return and(next.epoch(), next.choosingError());
    }

    public BestError and(int nextEpoch, double nextError) {
        return nextError < error ? new BestError(nextError, nextEpoch) : this;
    }

    /** The same, with the weights of the better epoch. An epoch with infinite costs is never better. */
    BestError and(EpochMetrics next, Supplier<PerceptronModel> nextWeights) {
        return next.isFinite() && next.choosingError() < error
                ? new BestError(next.choosingError(), next.epoch(), nextWeights.get())
                : this;
    }

    /** The best of a run's epochs with finite costs, with these weights. */
    public static BestError of(List<EpochMetrics> epochs, PerceptronModel weights) {
        BestError best = of(epochs.stream().filter(EpochMetrics::isFinite).toList());
        return new BestError(best.error(), best.epoch(), Double.isInfinite(best.error()) ? null : weights);
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
