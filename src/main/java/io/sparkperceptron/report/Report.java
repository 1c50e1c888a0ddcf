package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.Summary;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import java.util.List;
import java.util.Map;

/** What answers the exercise's questions about a finished training: {@code summary.csv} and {@code report.html}. */
public final class Report {

    /** The page's name in the folder. */
    public static final String PAGE = Page.NAME;

    /** What is written here, and the findings that it is written from. */
    public static final List<String> FILES = List.of(Outcome.FINDINGS, Summary.NAME, PAGE);

    private Report() {}

    /**
     * Keeps what a training was found to be, so that reports can be made of its folder alone.
     *
     * @param images of the examples in the findings, by row; empty if the features are no images
     */
    public static void keep(Findings findings, Map<Long, byte[]> images, ImageShape shape, Folder folder) {
        if (!images.isEmpty()) {
            ExampleSheet.of(findings.exampleRows(), images, shape).write(folder);
        }
        JsonFile.write(folder, Outcome.FINDINGS, findings);
    }

    /** Writes both files to the folder that the outcome was read from. */
    public static void write(Outcome outcome) {
        new Summary(outcome).write(outcome.folder());
        new Page(new PageData(outcome)).write(outcome.folder());
    }
}
