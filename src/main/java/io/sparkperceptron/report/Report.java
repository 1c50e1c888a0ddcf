package io.sparkperceptron.report;

import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.results.ExampleSheet;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.SummaryTable;
import java.util.Optional;

/**
 * All that people look at of a finished training, made of what is in its folder: curves, each run's pictures, {@code summary.csv} and
 * {@code report.html}.
 */
public final class Report {

    private Report() {}

    /** Writes all of it to the folder that the outcome was read from. */
    public static void write(Outcome outcome) {
        new Curves(outcome.runs()).write(outcome.folder().child(Layout.CURVES));
        Optional<ExampleSheet> examples = outcome.examples();
        for (RunHistory run : outcome.runs()) {
            if (!run.diverged()) {
                new RunPictures(outcome, run, examples).write();
            }
        }
        SummaryTable.write(outcome);
        new Page(new PageData(outcome)).write(outcome.folder());
    }
}
