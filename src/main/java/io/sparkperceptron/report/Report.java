package io.sparkperceptron.report;

import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.results.ExampleSheet;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.SummaryTable;
import io.sparkperceptron.storage.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * All that people look at of a finished training, made of what is in its folder: curves, each run's pictures, {@code summary.csv} and
 * {@code report.html}.
 */
public final class Report {

    private Report() {}

    /** Writes all of it to the folder that the outcome was read from; the page, which shows that it is done, last. */
    public static void write(Outcome outcome) {
        Optional<ExampleSheet> examples = outcome.examples();
        Folder curves = outcome.folder().child(Layout.CURVES);
        AtomicReference<Page> page = new AtomicReference<>();
        List<Runnable> parts = new ArrayList<>();
        parts.add(() -> page.set(Page.of(new PageData(outcome))));
        parts.add(() -> new Curves(outcome.runs()).writeErrors(curves));
        parts.add(() -> new Curves(outcome.runs()).writeCosts(curves));
        for (RunHistory run : outcome.runs()) {
            if (!run.diverged()) {
                parts.add(() -> new RunPictures(outcome, run, examples).write());
            }
        }
        SideBySide.run(parts);
        SummaryTable.write(outcome);
        page.get().write(outcome.folder());
    }
}
