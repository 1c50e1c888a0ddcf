package io.sparkperceptron.report;

import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.SummaryTable;
import io.sparkperceptron.storage.Folder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * All that people look at of a finished training, made of what is in its folder: curves, each run's pictures, {@code summary.csv} and
 * {@code report.html}. Of more than {@value #MOST_DRAWN} runs only the best have pictures, unless all are asked for.
 */
public final class Report {

    /** A run has some 15 pictures, which take a fifth of a second. */
    public static final int MOST_DRAWN = 40;

    private Report() {}

    /** With the pictures of the best runs; else as the other. */
    public static void write(Outcome outcome) {
        write(outcome, MOST_DRAWN);
    }

    /**
     * Writes all of it to the folder that the outcome was read from; the page, which shows that it is done, last.
     *
     * @param mostDrawn so many runs, those with the least errors, have pictures
     */
    public static void write(Outcome outcome, int mostDrawn) {
        Optional<ImageSheet> examples = outcome.examples();
        Folder curves = outcome.folder().child(Layout.CURVES);
        AtomicReference<Page> page = new AtomicReference<>();
        List<Runnable> parts = new ArrayList<>();
        parts.add(() -> page.set(Page.of(new PageData(outcome))));
        parts.add(() -> new Curves(outcome.runs()).writeErrors(curves));
        parts.add(() -> new Curves(outcome.runs()).writeCosts(curves));
        outcome.runs().stream()
                .filter(run -> !run.diverged())
                .sorted(Comparator.comparingDouble(run -> run.best().error()))
                .limit(mostDrawn)
                .forEach(run -> parts.add(() -> new RunPictures(outcome, run, examples).write()));
        SideBySide.run(parts);
        SummaryTable.write(outcome);
        page.get().write(outcome.folder());
    }
}
