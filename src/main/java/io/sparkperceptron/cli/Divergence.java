package io.sparkperceptron.cli;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.TrainedRun;
import java.math.BigDecimal;
import java.util.List;

/** Says that a run has diverged, when, and what to do. */
final class Divergence {

    private Divergence() {}

    /** That a run leaves, while others may go on. */
    static String leaving(EpochMetrics metrics) {
        return "The run " + metrics.run().name() + " has diverged and leaves at epoch " + metrics.epoch();
    }

    /** For runs that have all diverged. */
    static String sentence(List<TrainedRun> runs) {
        EpochMetrics first = runs.get(0).last();
        Run run = first.run();
        String others = runs.size() == 1 ? "" : ", as did the other " + (runs.size() - 1) + " runs";
        return "The run " + run.name() + " diverged" + others + ": at epoch " + first.epoch()
                + " its costs were past all bounds; learning rate " + run.rateText()
                + " is too large, try a smaller one such as " + tenth(run).rateText();
    }

    private static Run tenth(Run run) {
        return new Run(
                run.loss(),
                BigDecimal.valueOf(run.learningRate()).movePointLeft(1).doubleValue());
    }
}
