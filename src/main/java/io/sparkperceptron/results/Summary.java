package io.sparkperceptron.results;

import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.McNemarTest;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.RunSummary;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.analysis.Verdict;
import io.sparkperceptron.analysis.WilsonInterval;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.BestError;
import io.sparkperceptron.training.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** {@code summary.csv}: a row for each run. Fractions are fractions; what is not known is left out. */
public final class Summary {

    public static final String NAME = "summary.csv";
    private static final String HEADER = "run,loss,learning_rate,ending,last_epoch,train_cost,train_error,"
            + "validation_cost,validation_error,test_cost,test_error,test_error_low,test_error_high,chosen_by,best_error,best_epoch,"
            + "reasonable_epochs,verdict,verdict_epoch,guaranteed_rate,p_against_best\n";

    private final Outcome outcome;

    public Summary(Outcome outcome) {
        this.outcome = outcome;
    }

    public void write(Folder folder) {
        StringBuilder rows = new StringBuilder(HEADER);
        for (RunSummary run : outcome.summaries()) {
            rows.append(String.join(",", row(run))).append('\n');
        }
        folder.write(NAME, rows.toString());
    }

    private List<String> row(RunSummary summary) {
        RunHistory run = summary.history();
        EpochMetrics last = run.last();
        BestError best = run.best();
        OptionalInt reasonable = summary.reasonableEpochs();
        Verdict verdict = summary.verdict();
        WilsonInterval interval = summary.interval();
        List<String> cells = new ArrayList<>(List.of(
                run.run().name(),
                run.run().loss().label(),
                run.run().rateText(),
                run.ending().label(),
                Integer.toString(run.lastEpoch())));
        for (double number : new double[] {
            last.train().cost(),
            last.train().error(),
            last.validation().cost(),
            last.validation().error(),
            last.test().cost(),
            last.test().error(),
            interval.low(),
            interval.high()
        }) {
            cells.add(Double.isNaN(number) ? "" : Double.toString(number));
        }
        cells.add(outcome.hasValidation() ? "validation" : "test");
        cells.add(Double.toString(best.error()));
        cells.add(Integer.toString(best.epoch()));
        cells.add(reasonable.isPresent() ? Integer.toString(reasonable.getAsInt()) : "");
        cells.add(verdict.kind().label());
        cells.add(Integer.toString(verdict.epoch()));
        cells.add(Double.toString(new StabilityBound(outcome.findings().largestEigenvalue())
                .rate(run.run().loss())));
        cells.add(againstBest(run, outcome.judge()));
        return cells;
    }

    /** The p-value of McNemar's test against the run with the least error. */
    private String againstBest(RunHistory run, Judge judge) {
        if (run.diverged() || judge.best().isEmpty()) {
            return "";
        }
        int runs = outcome.runs().size();
        int first = outcome.runs().indexOf(run);
        int second = outcome.runs().indexOf(judge.best().get());
        Findings findings = outcome.findings();
        return Double.toString(new McNemarTest(
                        findings.onlyFirstWrong().get(first * runs + second),
                        findings.onlyFirstWrong().get(second * runs + first))
                .pValue());
    }
}
