package io.sparkperceptron.analysis;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the last doubling of a run's epochs did to the choosing error, and what the next one would do by the trend.
 *
 * <p>With T the last epoch, g_1 to g_4 are the falls of the error over the last two doublings, each over half a
 * doubling: from T / 4 to T / sqrt(8), and so on to T. An error that falls like a power of the epochs has falls that
 * shrink by a constant factor. So the next doubling brings
 *
 * <pre>
 *   at most   2 g_4                                            if the falls stop shrinking
 *   at least  the lower of g_4 r (1 + r) and d_2 d_2 / d_1     if they go on shrinking as they did
 * </pre>
 *
 * <p>with r = min(1, g_4 / g_3), d_1 = g_1 + g_2 and d_2 = g_3 + g_4. A fall by g has the standard deviation sqrt(2 g /
 * rows): it is a difference of two counts of examples, those that become right and those that become wrong, and their
 * sum is taken as 2 g rows. The range is widened by two of these.
 *
 * <p>There is no trend unless all four are above 0, d_2 is at most d_1, and each is between a third of the one before
 * and that one, give or take two standard deviations.
 *
 * @param from T / 2
 * @param before the error at {@code from}
 * @param after the error at T
 * @param next how far the error would fall from T to 2 T; empty if there is no trend
 */
public record Doubling(int from, double before, double after, Optional<Fall> next) {

    private static final int FEWEST_EPOCHS = 10;
    /** Below this, a half doubling is of too few epochs to have a trend. */
    private static final int FEWEST_EPOCHS_FOR_A_TREND = 40;

    private static final double STEEPEST = 3;
    private static final double DEVIATIONS = 2;

    /** The range of a fall of the error. */
    public record Fall(double low, double high) {}

    /** Empty if the run has too few epochs. Without {@code hasTrend} nothing is said of the next doubling. */
    static Optional<Doubling> of(RunHistory run, long rows, boolean hasTrend) {
        int last = run.lastEpoch();
        if (last < FEWEST_EPOCHS) {
            return Optional.empty();
        }
        double[] errors = IntStream.rangeClosed(0, 4)
                .map(half -> (int) Math.round(last * Math.pow(2, half / 2.0 - 2)))
                .mapToDouble(run::choosingError)
                .toArray();
        Optional<Fall> next =
                hasTrend && rows > 0 && last >= FEWEST_EPOCHS_FOR_A_TREND ? next(errors, rows) : Optional.empty();
        return Optional.of(new Doubling(last / 2, run.choosingError(last / 2), run.lastChoosingError(), next));
    }

    private static Optional<Fall> next(double[] errors, long rows) {
        double[] falls = IntStream.range(0, 4)
                .mapToDouble(k -> errors[k] - errors[k + 1])
                .toArray();
        double before = falls[0] + falls[1];
        double now = falls[2] + falls[3];
        if (!(Arrays.stream(falls).min().orElseThrow() > 0) || now > before) {
            return Optional.empty();
        }
        for (int k = 0; k < 3; k++) {
            double chance = chance(falls[k] + falls[k + 1], rows);
            if (falls[k + 1] > falls[k] + chance || falls[k] > STEEPEST * falls[k + 1] + chance) {
                return Optional.empty();
            }
        }
        double ratio = Math.min(1, falls[3] / falls[2]);
        double low = Math.min(falls[3] * ratio * (1 + ratio), now * now / before);
        double high = 2 * falls[3];
        return Optional.of(new Fall(Math.max(0, low - chance(low, rows)), high + chance(high, rows)));
    }

    private static double chance(double fall, long rows) {
        return DEVIATIONS * Math.sqrt(2 * fall / rows);
    }
}
