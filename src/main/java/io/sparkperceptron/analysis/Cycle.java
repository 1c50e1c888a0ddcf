package io.sparkperceptron.analysis;

import io.sparkperceptron.training.EpochMetrics;
import java.util.List;
import java.util.Optional;

/**
 * The cycle of a run that does not settle: it repeats every {@code period} epochs.
 *
 * @param exact whether all weights returned to the same bits: descent is deterministic, so the cycle never ends.
 *     Otherwise, only the cost nearly repeated, in the last epochs
 */
public record Cycle(int period, boolean exact) {

    private static final int LONGEST_NEAR_PERIOD = 32;
    /** The search for a near cycle covers the last fifth of the epochs, and at least this many epochs and periods. */
    private static final int FEWEST_EPOCHS = 12;

    private static final int FEWEST_PERIODS = 3;
    /** Costs nearly repeat if they differ by at most this fraction of their range. */
    private static final double NEAR = 0.05;
    /** A range of at most this fraction of the cost is a standstill. */
    private static final double STANDSTILL = 1e-6;

    /** The cycle of a run at its end, if it has one; a run at rest has none. */
    public static Optional<Cycle> of(RunHistory run) {
        Optional<Cycle> exact = exact(run.epochs());
        if (exact.isPresent()) {
            return exact.filter(cycle -> cycle.period() > 1);
        }
        return run.diverged() ? Optional.empty() : near(run);
    }

    private static Optional<Cycle> exact(List<EpochMetrics> epochs) {
        int last = epochs.size() - 1;
        Long digest = epochs.get(last).digest();
        for (int earlier = last - 1; digest != null && earlier >= 0; earlier--) {
            if (digest.equals(epochs.get(earlier).digest())) {
                return Optional.of(new Cycle(last - earlier, true));
            }
        }
        return Optional.empty();
    }

    /** The shortest period that repeats. With a period of 1, the cost changes slowly, which is not a cycle. */
    private static Optional<Cycle> near(RunHistory run) {
        int last = run.lastEpoch();
        for (int period = 1; period <= LONGEST_NEAR_PERIOD; period++) {
            int epochs = Math.max(Math.max(last / 5, FEWEST_EPOCHS), FEWEST_PERIODS * period);
            int from = last - epochs;
            if (from < 0) {
                break;
            }
            if (repeats(run.epochs().subList(from, last + 1), period)) {
                return period == 1 ? Optional.empty() : Optional.of(new Cycle(period, false));
            }
        }
        return Optional.empty();
    }

    private static boolean repeats(List<EpochMetrics> epochs, int period) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        double farthest = 0;
        for (int t = 0; t < epochs.size(); t++) {
            double cost = epochs.get(t).objective();
            low = Math.min(low, cost);
            high = Math.max(high, cost);
            if (t >= period) {
                farthest = Math.max(
                        farthest, Math.abs(cost - epochs.get(t - period).objective()));
            }
        }
        return high - low <= STANDSTILL * high ? period == 1 : farthest <= NEAR * (high - low);
    }
}
