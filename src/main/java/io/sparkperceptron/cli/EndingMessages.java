package io.sparkperceptron.cli;

import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs why a run has ended, at which epoch, and what to do. The runs of one setting, each without another fold, share
 * one message for each ending.
 */
final class EndingMessages implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(EndingMessages.class);

    /** Settings with the endings that were logged. */
    private final Set<List<Object>> told = new HashSet<>();

    @Override
    public void runLeft(EpochMetrics metrics, Ending ending) {
        if (!isNews(metrics.run(), ending)) {
            return;
        }
        switch (ending) {
            case DIVERGED -> LOG.warn(divergence(metrics));
            case SATURATED -> tell(metrics, "has come to a standstill: from epoch %d on no step changes any weight");
            case CONVERGED ->
                tell(metrics, "has converged: at epoch %d its gradient was not longer than the tolerance");
            case PATIENCE ->
                tell(metrics, "has ended: at epoch %d its error had no new minimum for too long (--patience)");
            case TARGET -> tell(metrics, "has ended: at epoch %d its error, %.2f %%, was not above the target");
            case EPOCHS -> {}
        }
    }

    private static void tell(EpochMetrics metrics, String what) {
        LOG.info(
                "The run {} {}",
                metrics.run().name(),
                String.format(Locale.ROOT, what, metrics.epoch(), 100 * metrics.choosingError()));
    }

    /** Whether no run of the same setting has ended in this way before. Modified: this. */
    boolean isNews(Run run, Ending ending) {
        return told.add(List.of(run.setting(), ending));
    }

    private static String divergence(EpochMetrics metrics) {
        Run run = metrics.run();
        String sentence = "The run " + run.name() + " diverged: at epoch " + metrics.epoch()
                + " its costs or weights were past all bounds; ";
        if (metrics.epoch() == 0 || run.isByLbfgs()) {
            return sentence + "the starting weights (--init) or the features (--scaling) are too large";
        }
        double tenth = BigDecimal.valueOf(run.learningRate()).movePointLeft(1).doubleValue();
        return sentence + "learning rate " + Setting.text(run.learningRate())
                + " is too large, try a smaller one such as " + Setting.text(Math.max(tenth, Double.MIN_VALUE));
    }

    static String divergence(List<TrainedRun> runs) {
        String others =
                switch (runs.size()) {
                    case 1 -> "";
                    case 2 -> "; so did the other run";
                    default -> "; so did the other " + (runs.size() - 1) + " runs";
                };
        return divergence(runs.get(0).last()) + others;
    }
}
