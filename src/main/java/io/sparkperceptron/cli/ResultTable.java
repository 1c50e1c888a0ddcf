package io.sparkperceptron.cli;

import io.sparkperceptron.analysis.Floor;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.RunSummary;
import io.sparkperceptron.analysis.WilsonInterval;
import io.sparkperceptron.results.MetricsTable;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.StepRule;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints a line of results for each run. */
final class ResultTable {

    private ResultTable() {}

    static void print(Outcome outcome, PrintWriter out) {
        List<RunHistory> runs = outcome.runs();
        boolean folds = runs.get(0).folds().count() > 0;
        String name =
                "%-" + runs.stream().mapToInt(run -> run.run().name().length()).reduce("run".length(), Math::max) + "s";
        out.printf(
                Locale.ROOT,
                name + "   epoch   train cost  train error    test cost   test error  %sverdict%n",
                "run",
                folds ? "validation error  " : "");
        for (RunSummary summary : outcome.summaries()) {
            RunHistory run = summary.history();
            EpochMetrics last = run.last();
            out.printf(
                    Locale.ROOT,
                    name + "  %6d  %11.6f  %9.2f %%  %11.6f  %9.2f %%  %s%s%s%n",
                    run.run().name(),
                    last.epoch(),
                    last.train().cost(),
                    100 * last.train().error(),
                    last.test().cost(),
                    100 * last.test().error(),
                    folds ? foldsError(run) : "",
                    summary.verdict().kind().label(),
                    note(run));
        }
        outcome.summaries().stream()
                .flatMap(summary -> summary.floor().stream())
                .distinct()
                .map(ResultTable::sentence)
                .forEach(out::println);
        outcome.choice().ifPresent(choice -> print(choice, outcome.findings().testRows(), out));
        digest(runs).ifPresent(out::println);
        if (outcome.record().options().keep() != null) {
            runs.stream().filter(run -> !run.diverged()).forEach(run -> printKept(run, outcome, out));
        }
    }

    /** Prints which epoch's weights a model has, where this need not be the last epoch. */
    private static void printKept(RunHistory run, Outcome outcome, PrintWriter out) {
        int epoch = outcome.kept(run).epoch();
        out.printf(
                Locale.ROOT,
                "Model of %s: the weights of epoch %d, whose validation error is least, %.2f %%%n",
                run.run().name(),
                epoch,
                100 * run.validation(epoch).error());
    }

    /** A sentence on the floor, the run that reached it, and whether it is proven. */
    static String sentence(Floor floor) {
        EpochMetrics least = floor.least();
        double l2 = least.run().setting().l2();
        return String.format(
                Locale.ROOT,
                "Floor of the %s loss%s: %.6f by %s at epoch %d%s",
                least.run().loss().label(),
                l2 > 0 ? " with l2 " + Setting.text(l2) + ", cost plus penalty" : "",
                least.objective(),
                least.run().name(),
                least.epoch(),
                floor.distance().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                ", at most %.1e above the minimum for its biases",
                                floor.distance().getAsDouble())
                        : ", the least cost that was found");
    }

    /** A sentence with the digest of the only run. {@code metrics.csv} has the digests of several runs. */
    static Optional<String> digest(List<RunHistory> runs) {
        EpochMetrics last = runs.get(0).last();
        String digest = MetricsTable.digest(last);
        if (runs.size() > 1 || digest == null || runs.get(0).diverged()) {
            return Optional.empty();
        }
        return Optional.of("Digest of the weights "
                + StepRule.of(last.run().setting()).kept().stream()
                        .map(name -> "and " + name + " ")
                        .collect(Collectors.joining())
                + "of " + last.run().name() + ": " + digest + ", the same wherever all bits are the same");
    }

    private static String foldsError(RunHistory run) {
        double mean = run.lastChoosingError();
        return Double.isFinite(mean)
                ? String.format(
                        Locale.ROOT,
                        "%6.2f +- %5.2f %%  ",
                        100 * mean,
                        100 * run.folds().standardError(run.lastEpoch()))
                : "               -  ";
    }

    private static void print(FoldChoice choice, long testRows, PrintWriter out) {
        double error = choice.test().error();
        WilsonInterval interval = WilsonInterval.of(Math.round(error * testRows), testRows);
        out.printf(
                Locale.ROOT,
                "By %d folds: %s after %d epoch%s, within a standard error of its least mean error, %.2f +- %.2f %%"
                        + " at epoch %d; %s, its test error is %.2f %% (95 %% interval: %.2f to %.2f %%)%n",
                choice.run().folds().count(),
                choice.run().run().name(),
                choice.epoch(),
                choice.epoch() == 1 ? "" : "s",
                100 * choice.best().error(),
                100 * choice.margin(),
                choice.best().epoch(),
                choice.epoch() > choice.run().lastEpoch()
                        ? "on all rows it ended at epoch " + choice.run().lastEpoch() + " and there"
                        : "so trained on all rows",
                100 * error,
                100 * interval.low(),
                100 * interval.high());
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
