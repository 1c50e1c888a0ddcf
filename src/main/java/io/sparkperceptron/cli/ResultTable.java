package io.sparkperceptron.cli;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainedRun;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What each run came to, a line each. */
final class ResultTable {

    private ResultTable() {}

    static void print(List<TrainedRun> runs, PrintWriter out) {
        int width = Math.max(
                3,
                runs.stream().mapToInt(run -> run.run().name().length()).max().orElse(0));
        String name = "%-" + width + "s";
        out.printf(
                Locale.ROOT,
                name + "  %6s  %11s  %11s  %11s  %11s%n",
                "run",
                "epoch",
                "train cost",
                "train error",
                "test cost",
                "test error");
        for (TrainedRun run : runs) {
            EpochMetrics last = run.last();
            out.printf(
                    Locale.ROOT,
                    name + "  %6d  %11.6f  %9.2f %%  %11.6f  %9.2f %%%s%n",
                    run.run().name(),
                    last.epoch(),
                    last.trainCost(),
                    100 * last.trainError(),
                    last.testCost(),
                    100 * last.testError(),
                    note(run));
        }
    }

    private static String note(TrainedRun run) {
        return switch (run.ending()) {
            case EPOCHS -> "";
            case DIVERGED -> "  diverged";
            case SATURATED -> "  standstill";
            case CONVERGED -> "  converged";
        };
    }
}
