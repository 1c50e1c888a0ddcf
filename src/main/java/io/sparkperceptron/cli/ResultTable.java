package io.sparkperceptron.cli;

import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.RunSummary;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.training.EpochMetrics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** What each run came to, a line each. */
final class ResultTable {

    private ResultTable() {}

    static void print(Outcome outcome, PrintWriter out) {
        List<RunHistory> runs = outcome.runs();
        int width = Math.max(
                3,
                runs.stream().mapToInt(run -> run.run().name().length()).max().orElse(0));
        String name = "%-" + width + "s";
        out.printf(
                Locale.ROOT,
                name + "  %6s  %11s  %11s  %11s  %11s  %10s  %s%n",
                "run",
                "epoch",
                "train cost",
                "train error",
                "test cost",
                "test error",
                "reasonable",
                "verdict");
        for (RunSummary summary : outcome.summaries()) {
            RunHistory run = summary.history();
            EpochMetrics last = run.last();
            OptionalInt reasonable = summary.reasonableEpochs();
            out.printf(
                    Locale.ROOT,
                    name + "  %6d  %11.6f  %9.2f %%  %11.6f  %9.2f %%  %10s  %s%s%n",
                    run.run().name(),
                    last.epoch(),
                    last.train().cost(),
                    100 * last.train().error(),
                    last.test().cost(),
                    100 * last.test().error(),
                    reasonable.isPresent() ? reasonable.getAsInt() : "-",
                    summary.verdict().kind().label(),
                    note(run));
        }
    }

    private static String note(RunHistory run) {
        return switch (run.ending()) {
            case EPOCHS, DIVERGED -> "";
            case SATURATED -> ", standstill";
            case CONVERGED -> ", converged";
            case PATIENCE -> ", out of patience";
            case TARGET -> ", at its target";
        };
    }
}
