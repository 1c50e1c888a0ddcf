package io.sparkperceptron.cli;

import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line an epoch; of several runs, the one with the least error that runs are chosen by is shown. */
final class EpochLog implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(EpochLog.class);

    private final int epochs;

    EpochLog(int epochs) {
        this.epochs = epochs;
    }

    /** Whether a person sits at a terminal and reads what is written. From JDK 22 on, always taken to be so. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        return System.console() != null;
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        LOG.info("epoch {}/{}  {}", epoch, epochs, summary(metrics));
    }

    @Override
    public void runLeft(EpochMetrics metrics, Ending ending) {
        EndingMessages.log(metrics, ending);
    }

    /** The test error of the best run, for a narrow place. */
    static String testError(List<EpochMetrics> metrics) {
        return String.format(
                Locale.ROOT, "test error %.2f %%", 100 * best(metrics).test().error());
    }

    private static String summary(List<EpochMetrics> metrics) {
        EpochMetrics best = best(metrics);
        String which = metrics.size() == 1
                ? ""
                : "best of " + metrics.size() + ": " + best.run().name() + "  ";
        return which
                + String.format(
                        Locale.ROOT,
                        "train cost %.6f error %.2f %%  test cost %.6f error %.2f %%  %.3f s",
                        best.train().cost(),
                        100 * best.train().error(),
                        best.test().cost(),
                        100 * best.test().error(),
                        best.time().total());
    }

    private static EpochMetrics best(List<EpochMetrics> metrics) {
        return metrics.stream()
                .min(Comparator.comparingDouble(EpochMetrics::choosingError))
                .orElseThrow();
    }
}
