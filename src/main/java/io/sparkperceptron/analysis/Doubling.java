package io.sparkperceptron.analysis;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The fall of the choosing error over the last doubling of a run's epochs, and its trend for the next doubling.
 *
 * <p>With T the last epoch, g_1 to g_4 are the falls of the error over the last two doublings, each over half a
 * doubling: from T / 4 to T / sqrt(8), and so on to T. If the error falls like a power of the epochs, each g is a
 * constant factor smaller than the one before. So the next doubling brings
 *
 * <pre>
 *   at most   2 g_4                                            if the falls stop shrinking
 *   at least  the lower of g_4 r (1 + r) and d_2 d_2 / d_1     if they go on shrinking as they did
 * </pre>
 *
 * <p>with r = min(1, g_4 / g_3), d_1 = g_1 + g_2 and d_2 = g_3 + g_4. A fall by g has the standard deviation sqrt(2 g /
 * rows): it is the difference of two counts, the examples that become right and those that become wrong, and the sum of
 * these counts is assumed to be 2 g rows. The range is widened by two standard deviations.
 *
 * <p>There is a trend only if all four g are above 0, d_2 is at most d_1, and each g is between a third of the g before
 * and all of it, with a tolerance of two standard deviations.
 *
 * @param from T / 2
 * @param before the error at {@code from}
 * @param after the error at T
 * @param next the expected fall of the error from T to 2 T; empty if there is no trend
 */
public record Doubling(int from, double before, double after, Optional<Fall> next) {

    private static final int FEWEST_EPOCHS = 10;
    /** With fewer epochs, half a doubling has too few for a trend. */
    private static final int FEWEST_EPOCHS_FOR_A_TREND = 40;

    private static final double STEEPEST = 3;
    private static final double DEVIATIONS = 2;

    /** The range of a fall of the error. */
    public record Fall(double low, double high) {}

    /** Empty if the run has too few epochs. Without {@code hasTrend}, {@code next} is empty. */
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
            double tolerance = tolerance(falls[k] + falls[k + 1], rows);
            if (falls[k + 1] > falls[k] + tolerance || falls[k] > STEEPEST * falls[k + 1] + tolerance) {
                return Optional.empty();
            }
        }
        double ratio = Math.min(1, falls[3] / falls[2]);
        double low = Math.min(falls[3] * ratio * (1 + ratio), now * now / before);
        double high = 2 * falls[3];
        return Optional.of(new Fall(Math.max(0, low - tolerance(low, rows)), high + tolerance(high, rows)));
    }

    private static double tolerance(double fall, long rows) {
        return DEVIATIONS * Math.sqrt(2 * fall / rows);
    }
}
