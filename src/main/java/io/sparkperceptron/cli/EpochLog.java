package io.sparkperceptron.cli;

import io.sparkperceptron.analysis.EpochLeader;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line an epoch. With several runs, the line shows the one that {@link EpochLeader} chooses. */
final class EpochLog implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(EpochLog.class);

    private final int epochs;

    EpochLog(int epochs) {
        this.epochs = epochs;
    }

    /** Whether the output goes to a terminal. Java 22 to 24 always say yes. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        return System.console() != null;
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        LOG.info("epoch {}/{}  {}", epoch, epochs, summary(metrics));
    }

    /** The test error of the best run, for the progress bar. */
    static String testError(List<EpochMetrics> metrics) {
        return String.format(
                Locale.ROOT,
                "test error %.2f %%",
                100 * EpochLeader.of(metrics).metrics().test().error());
    }

    private static String summary(List<EpochMetrics> metrics) {
        EpochLeader leader = EpochLeader.of(metrics);
        EpochMetrics best = leader.metrics();
        String which = leader.runs() == 1
                ? ""
                : "best of " + leader.runs() + ": " + best.run().name() + "  ";
        String folds = Double.isNaN(leader.foldsError())
                ? ""
                : String.format(Locale.ROOT, "validation error %.2f %%  ", 100 * leader.foldsError());
        return which
                + String.format(
                        Locale.ROOT,
                        "train cost %.6f error %.2f %%  %stest cost %.6f error %.2f %%  %.3f s",
                        best.train().cost(),
                        100 * best.train().error(),
                        folds,
                        best.test().cost(),
                        100 * best.test().error(),
                        best.time().total());
    }
}
