package io.sparkperceptron.report;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.ImageShape;
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

    private final Outcome outcome;

    private Report(Outcome outcome) {
        this.outcome = outcome;
    }

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

    /**
     * Reads the folder of a finished training.
     *
     * @throws UserException if it is none, or a file in it is damaged
     */
    public static Report of(Folder folder) {
        return new Report(Outcome.read(folder));
    }

    /** Writes both files to the same folder. */
    public void write() {
        new Summary(outcome).write(outcome.folder());
        new Page(new PageData(outcome)).write(outcome.folder());
    }

    /** The runs, in the plan's order. */
    public List<RunHistory> runs() {
        return outcome.runs();
    }

    public Judge judge() {
        return outcome.judge();
    }
}
