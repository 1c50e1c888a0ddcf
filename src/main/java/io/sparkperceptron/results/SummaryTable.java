package io.sparkperceptron.results;

import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.Floor;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.McNemarTest;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.RunSummary;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** {@code summary.csv}: a row for each run. Errors are fractions. A cell is empty if its value is not known. */
public final class SummaryTable {

    private SummaryTable() {}

    public static Table<RunSummary> of(Outcome outcome) {
        StabilityBound bound = new StabilityBound(outcome.findings().largestEigenvalue());
        String chooser = outcome.chooser();
        Optional<FoldChoice> choice = outcome.choice();
        Optional<RunHistory> best = outcome.judge().best();
        Table<RunSummary> table = new Table<RunSummary>(List.of(
                        Column.text("run", row -> row.history().run().name()),
                        Column.text("loss", row -> row.history().run().loss().label()),
                        Column.setting(Hyperparameter.LEARNING_RATE, SummaryTable::setting),
                        Column.text("ending", row -> row.history().ending().label()),
                        Column.integer("last_epoch", row -> row.history().lastEpoch()),
                        Column.number("train_cost", row -> last(row).train().cost()),
                        Column.number("train_error", row -> last(row).train().error()),
                        Column.known("validation_cost", row -> validation(row).cost()),
                        Column.known("validation_error", row -> validation(row).error()),
                        Column.number("test_cost", row -> last(row).test().cost()),
                        Column.number("test_error", row -> last(row).test().error()),
                        Column.number("test_error_low", row -> row.interval().low()),
                        Column.number("test_error_high", row -> row.interval().high()),
                        Column.text("chosen_by", row -> chooser),
                        Column.number("best_error", row -> row.history().best().error()),
                        Column.integer("best_epoch", row -> row.history().best().epoch()),
                        Column.orEmpty(Column.integer(
                                "settled_epoch", row -> row.settledEpoch().orElse(null))),
                        Column.text("verdict", row -> row.verdict().kind().label()),
                        Column.integer("verdict_epoch", row -> row.verdict().epoch()),
                        Column.known("guaranteed_rate", row -> bound.rate(setting(row))),
                        Column.known("p_against_best", row -> againstBest(outcome, row.history(), best)),
                        Column.setting(Hyperparameter.L2, SummaryTable::setting),
                        Column.setting(Hyperparameter.MOMENTUM, SummaryTable::setting),
                        Column.number("penalty", row -> last(row).penalty()),
                        ofFolds("best_error_standard_error", run -> run.folds()
                                .standardError(run.best().epoch())),
                        ofFolds("validation_error_standard_error", run -> run.folds()
                                .standardError(run.lastEpoch())),
                        Column.orEmpty(Column.integer("chosen_epochs", row -> chosen(choice, row)
                                .map(FoldChoice::epoch)
                                .orElse(null))),
                        Column.known("chosen_test_error", row -> chosen(choice, row)
                                .map(one -> one.test().error())
                                .orElse(Double.NaN))))
                .withAll(SummaryTable::setting);
        boolean hasFloors = outcome.runs().stream().anyMatch(run -> run.run().isByLbfgs());
        return hasFloors ? withFloors(table) : table;
    }

    private static Table<RunSummary> withFloors(Table<RunSummary> table) {
        return table.and(ofFloor("floor", (floor, run) -> floor.least().objective()))
                .and(ofFloor("floor_distance", (floor, run) -> floor.distance().orElse(Double.NaN)))
                .and(ofFloor("above_floor", Floor::above))
                .and(epochsWithin(10))
                .and(epochsWithin(5))
                .and(epochsWithin(1));
    }

    private static Column<RunSummary> ofFloor(String name, ToDoubleBiFunction<Floor, RunHistory> value) {
        return Column.known(name, row -> row.floor()
                .map(floor -> value.applyAsDouble(floor, row.history()))
                .orElse(Double.NaN));
    }

    private static Column<RunSummary> epochsWithin(int percent) {
        return Column.orEmpty(Column.integer("epochs_within_" + percent, row -> row.floor()
                .flatMap(floor -> floor.firstWithin(percent / 100.0, row.history()))
                .orElse(null)));
    }

    private static Setting setting(RunSummary row) {
        return row.history().run().setting();
    }

    private static EpochMetrics last(RunSummary row) {
        return row.history().last();
    }

    private static SetMetrics validation(RunSummary row) {
        return row.history().validation(row.history().lastEpoch());
    }

    private static Column<RunSummary> ofFolds(String name, ToDoubleFunction<RunHistory> value) {
        return Column.known(
                name, row -> row.history().folds().count() == 0 ? Double.NaN : value.applyAsDouble(row.history()));
    }

    private static Optional<FoldChoice> chosen(Optional<FoldChoice> choice, RunSummary row) {
        return choice.filter(one -> one.run().run().equals(row.history().run()));
    }

    public static void write(Outcome outcome) {
        outcome.folder().write(Layout.SUMMARY, of(outcome).text(outcome.summaries()));
    }

    /** The p-value of McNemar's test against the best run; NaN if the run diverged or there is no best one. */
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
