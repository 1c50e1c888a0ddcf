package io.sparkperceptron.cli;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.TrainedRun;
import java.math.BigDecimal;
import java.util.List;

/** Says that a run has diverged, when, and what to do. */
final class Divergence {

    private Divergence() {}

    /** For a run that leaves, while others may go on. */
    static String sentence(EpochMetrics metrics) {
        Run run = metrics.run();
        String sentence = "The run " + run.name() + " diverged: at epoch " + metrics.epoch()
                + " its costs or weights were past all bounds; ";
        return metrics.epoch() == 0
                ? sentence + "the starting weights (--init) or the features (--scaling) are too large"
                : sentence + "learning rate " + run.rateText() + " is too large, try a smaller one such as "
                        + tenth(run).rateText();
    }

    /** For runs that have all diverged. */
    static String sentence(List<TrainedRun> runs) {
        String others = runs.size() == 1 ? "" : "; so did the other " + (runs.size() - 1) + " runs";
        return sentence(runs.get(0).last()) + others;
    }

    private static Run tenth(Run run) {
        BigDecimal tenth = BigDecimal.valueOf(run.learningRate()).movePointLeft(1);
        return new Run(run.loss(), Math.max(tenth.doubleValue(), Double.MIN_VALUE));
    }
}
