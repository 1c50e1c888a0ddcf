package io.sparkperceptron.cli;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.time.Duration;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with the time left and the last epoch's test error. */
final class EpochBar implements TrainingListener {

    private final int epochs;
    /** Null before the first epoch. */
    private ProgressBar bar;

    EpochBar(int epochs) {
        this.epochs = epochs;
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (bar == null) {
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
        bar.setExtraMessage(EpochLog.testError(metrics));
        bar.stepTo(epoch);
    }

    @Override
    public void trainingEnded() {
        if (bar != null) {
            bar.close();
        }
    }
}
