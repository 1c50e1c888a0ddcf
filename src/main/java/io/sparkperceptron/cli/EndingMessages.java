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

/** Says why a run has left: when, and what to do. Of a setting's runs, which leave out different folds, the first to leave is enough. */
final class EndingMessages implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(EndingMessages.class);

    private final Set<Told> told = new HashSet<>();

    private record Told(Setting setting, Ending ending) {}

    @Override
    public void runLeft(EpochMetrics metrics, Ending ending) {
        if (!isNews(metrics.run(), ending)) {
            return;
        }
        String run = metrics.run().name();
        switch (ending) {
            case DIVERGED -> LOG.warn(divergence(metrics));
            case SATURATED ->
                LOG.info(
                        "The run {} has come to a standstill: from epoch {} on no step changes any weight",
                        run,
                        metrics.epoch());
            case CONVERGED ->
                LOG.info(
                        "The run {} has converged: at epoch {} its gradient was not longer than the tolerance",
                        run,
                        metrics.epoch());
            case PATIENCE ->
                LOG.info(
                        "The run {} has ended: at epoch {} its error had had no new minimum for too long (--patience)",
                        run,
                        metrics.epoch());
            case TARGET ->
                LOG.info(
                        "The run {} has ended: at epoch {} its error, {} %, was not above the target",
                        run, metrics.epoch(), String.format(Locale.ROOT, "%.2f", 100 * metrics.choosingError()));
            case EPOCHS -> {}
        }
    }

    /** Whether no run of the same setting has ended so. Modified: this. */
    boolean isNews(Run run, Ending ending) {
        return told.add(new Told(run.setting(), ending));
    }

    /** For a run that leaves, while others may go on. */
    private static String divergence(EpochMetrics metrics) {
        Run run = metrics.run();
        String sentence = "The run " + run.name() + " diverged: at epoch " + metrics.epoch()
                + " its costs or weights were past all bounds; ";
        return metrics.epoch() == 0
                ? sentence + "the starting weights (--init) or the features (--scaling) are too large"
                : sentence + "learning rate " + Setting.text(run.learningRate())
                        + " is too large, try a smaller one such as " + Setting.text(tenth(run.learningRate()));
    }

    /** For runs that have all diverged. */
    static String divergence(List<TrainedRun> runs) {
        String others = runs.size() == 1 ? "" : "; so did the other " + (runs.size() - 1) + " runs";
        return divergence(runs.get(0).last()) + others;
    }

    private static double tenth(double rate) {
        BigDecimal tenth = BigDecimal.valueOf(rate).movePointLeft(1);
        return Math.max(tenth.doubleValue(), Double.MIN_VALUE);
    }
}
