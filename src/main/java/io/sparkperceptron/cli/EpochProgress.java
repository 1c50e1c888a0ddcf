package io.sparkperceptron.cli;

import io.sparkperceptron.analysis.EpochLeader;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a progress bar with the time left and the last epoch's test error on a terminal; elsewhere, logs one line an
 * epoch. With several runs, both show the run that {@link EpochLeader} chooses.
 */
final class EpochProgress implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(EpochProgress.class);

    private final int epochs;
    /** Null before the first epoch, and without a terminal. */
    private ProgressBar bar;

    EpochProgress(int epochs) {
        this.epochs = epochs;
    }

    /** Java 22 to 24 have a console without a terminal too. */
    @SuppressWarnings("SystemConsoleNull")
    @Override
    public void epochStarted(TrainingState state) {
        if (bar == null && System.console() != null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("epochs")
                    .setInitialMax(epochs)
                    .startsFrom(state.epoch(), Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .build();
        }
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        EpochLeader leader = EpochLeader.of(metrics);
        EpochMetrics best = leader.metrics();
        double testError = 100 * best.test().error();
        if (bar != null) {
            bar.setExtraMessage(text("test error %.2f %%", testError));
            bar.stepTo(epoch);
            return;
        }
        String which = leader.runs() == 1
                ? ""
                : "best of " + leader.runs() + ": " + best.run().name() + "  ";
        String folds = Double.isFinite(leader.foldsError())
                ? text("validation error %.2f %%  ", 100 * leader.foldsError())
                : "";
        String training = text(
                "train cost %.6f error %.2f %%  ",
                best.train().cost(), 100 * best.train().error());
        String test = text(
                "test cost %.6f error %.2f %%  %.3f s",
                best.test().cost(), testError, best.time().total());
        LOG.info("epoch {}/{}  {}{}{}{}", epoch, epochs, which, training, folds, test);
    }

    private static String text(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }

    @Override
    public void trainingEnded() {
        if (bar != null) {
            bar.close();
        }
    }
}
