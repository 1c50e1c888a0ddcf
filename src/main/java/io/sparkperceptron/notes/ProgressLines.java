package io.sparkperceptron.notes;

import io.sparkperceptron.analysis.EpochLeader;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Prints the progress of the run with the least error, and the time left: one line a second. After {@value #PAUSES}
 * seconds, each pause is 1/{@value #PAUSES} of the time so far, because the output of a note is limited.
 */
public final class ProgressLines implements TrainingListener {

    private static final int PAUSES = 200;
    private static final long SECOND = 1_000_000_000L;
    private static final double NANOS = SECOND;
    private static final int SECONDS_A_MINUTE = 60;
    /** Longer times are printed in minutes. */
    private static final int MOST_SECONDS = 90;

    private final PrintStream out;
    private final int epochs;
    private final LongSupplier clock;
    private int first = -1;
    private long started;
    private long next;

    /** The clock counts nanoseconds. */
    public ProgressLines(PrintStream out, int epochs, LongSupplier clock) {
        this.out = out;
        this.epochs = epochs;
        this.clock = clock;
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (first < 0) {
            first = state.epoch();
            started = clock.getAsLong();
            next = started;
        }
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        long now = clock.getAsLong();
        if (now - next < 0 && epoch < epochs) {
            return;
        }
        next = now + Math.max(SECOND, (now - started) / PAUSES);
        EpochMetrics best = EpochLeader.of(metrics).metrics();
        out.printf(
                Locale.ROOT,
                "epoch %d/%d  %s  train error %.2f %%  test error %.2f %%  %s%n",
                epoch,
                epochs,
                best.run().name(),
                100 * best.train().error(),
                100 * best.test().error(),
                epoch == epochs
                        ? "trained in " + time((now - started) / NANOS)
                        : time((now - started) / (epoch - first + 1) * (epochs - epoch) / NANOS) + " left");
    }

    /** Whole seconds or minutes, rounded up. */
    public static String time(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return whole <= MOST_SECONDS ? whole + " s" : (whole + SECONDS_A_MINUTE - 1) / SECONDS_A_MINUTE + " min";
    }
}
