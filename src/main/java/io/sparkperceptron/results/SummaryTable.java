package io.sparkperceptron.results;

import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.McNemarTest;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.RunSummary;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.SetMetrics;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** {@code summary.csv}: a row for each run. Fractions are fractions; what is not known is left out. */
public final class SummaryTable {

    private SummaryTable() {}

    /** The columns of one training's summary. */
    public static Table<RunSummary> of(Outcome outcome) {
        StabilityBound bound = new StabilityBound(outcome.findings().largestEigenvalue());
        String chooser = outcome.chooser();
        Optional<FoldChoice> choice = outcome.choice();
        Optional<RunHistory> best = outcome.judge().best();
        return new Table<RunSummary>(List.of(
                        Column.text("run", row -> row.history().run().name()),
                        Column.text("loss", row -> row.history().run().loss().label()),
                        Column.setting(
                                Hyperparameter.LEARNING_RATE,
                                row -> row.history().run().setting()),
                        Column.text("ending", row -> row.history().ending().label()),
                        Column.integer("last_epoch", row -> row.history().lastEpoch()),
                        Column.number(
                                "train_cost",
                                row -> row.history().last().train().cost()),
                        Column.number(
                                "train_error",
                                row -> row.history().last().train().error()),
                        Column.<RunSummary>number(
                                        "validation_cost", row -> atEnd(row).cost())
                                .orNothing(),
                        Column.<RunSummary>number(
                                        "validation_error", row -> atEnd(row).error())
                                .orNothing(),
                        Column.number(
                                "test_cost", row -> row.history().last().test().cost()),
                        Column.number(
                                "test_error", row -> row.history().last().test().error()),
                        Column.number("test_error_low", row -> row.interval().low()),
                        Column.number("test_error_high", row -> row.interval().high()),
                        Column.text("chosen_by", row -> chooser),
                        Column.number("best_error", row -> row.history().best().error()),
                        Column.integer("best_epoch", row -> row.history().best().epoch()),
                        Column.<RunSummary>integer(
                                        "reasonable_epochs",
                                        row -> row.reasonableEpochs().isPresent()
                                                ? row.reasonableEpochs().getAsInt()
                                                : null)
                                .orNothing(),
                        Column.text("verdict", row -> row.verdict().kind().label()),
                        Column.integer("verdict_epoch", row -> row.verdict().epoch()),
                        Column.number(
                                "guaranteed_rate",
                                row -> bound.rate(row.history().run().setting())),
                        Column.<RunSummary>number("p_against_best", row -> againstBest(outcome, row.history(), best))
                                .orNothing(),
                        Column.setting(
                                Hyperparameter.L2, row -> row.history().run().setting()),
                        Column.setting(
                                Hyperparameter.MOMENTUM,
                                row -> row.history().run().setting()),
                        Column.number("penalty", row -> row.history().last().penalty()),
                        ofFolds("best_error_standard_error", run -> run.folds()
                                .standardError(run.best().epoch())),
                        ofFolds("validation_error_standard_error", run -> run.folds()
                                .standardError(run.lastEpoch())),
                        Column.<RunSummary>integer("chosen_epochs", row -> chosen(choice, row)
                                        .map(FoldChoice::epoch)
                                        .orElse(null))
                                .orNothing(),
                        Column.<RunSummary>number("chosen_test_error", row -> chosen(choice, row)
                                        .map(one -> one.test().error())
                                        .orElse(Double.NaN))
                                .orNothing()))
                .withAll(row -> row.history().run().setting());
    }

    private static SetMetrics atEnd(RunSummary row) {
        return row.history().validation(row.history().lastEpoch());
    }

    private static Column<RunSummary> ofFolds(String name, ToDoubleFunction<RunHistory> value) {
        return Column.<RunSummary>number(
                        name,
                        row -> row.history().folds().count() == 0 ? Double.NaN : value.applyAsDouble(row.history()))
                .orNothing();
    }

    private static Optional<FoldChoice> chosen(Optional<FoldChoice> choice, RunSummary row) {
        return choice.filter(one -> one.run().run().equals(row.history().run()));
    }

    /** Writes it into the folder that the outcome was read from. */
    public static void write(Outcome outcome) {
        outcome.folder().write(Layout.SUMMARY, of(outcome).text(outcome.summaries()));
    }

    /** The p-value of McNemar's test against the run with the least error; NaN if there is nothing to test. */
    private static double againstBest(Outcome outcome, RunHistory run, Optional<RunHistory> best) {
        if (run.diverged() || best.isEmpty()) {
            return Double.NaN;
        }
        int runs = outcome.runs().size();
        int first = outcome.runs().indexOf(run);
        int second = outcome.runs().indexOf(best.get());
        Findings findings = outcome.findings();
        return new McNemarTest(
                        findings.onlyFirstWrong().get(first * runs + second),
                        findings.onlyFirstWrong().get(second * runs + first))
                .pValue();
    }
}
