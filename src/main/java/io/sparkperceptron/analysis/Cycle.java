package io.sparkperceptron.analysis;

import io.sparkperceptron.training.EpochMetrics;
import java.util.List;
import java.util.Optional;

/**
 * What a run that does not settle goes round in, every {@code period} epochs.
 *
 * @param exact whether all weights came back to their bits, which proves that it goes on so for ever, as descent is deterministic; if not, it is
 *     the cost that nearly came back in each of the last epochs
 */
public record Cycle(int period, boolean exact) {

    private static final int LONGEST_NEAR_PERIOD = 32;
    /** Of epochs that a near cycle is looked for in: a fifth of all, and no fewer than so many, and than so many periods. */
    private static final int FEWEST_EPOCHS = 12;

    private static final int FEWEST_PERIODS = 3;
    /** Of the range of the cost: as near is the same. */
    private static final double NEAR = 0.05;
    /** Of the cost: in a smaller range, it stands still. */
    private static final double STANDSTILL = 1e-6;

    /** The cycle that a run is in at its end, if it is in one; a run at rest is not. */
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

    /** The shortest period that does; if a period of 1 does, the cost moves on slowly. */
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
