package io.sparkperceptron.results;

import io.sparkperceptron.storage.Folder;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of all files and folders that a training leaves in its folder. */
public final class Layout {

    public static final String RECORD = "run.json";
    public static final String METRICS = "metrics.csv";
    public static final String SUMMARY = "summary.csv";
    public static final String METRICS_PARQUET = "metrics.parquet";
    public static final String SUMMARY_PARQUET = "summary.parquet";
    public static final String HELD_OUT = "held-out-scores.csv";
    public static final String HELD_OUT_PARQUET = "held-out-scores.parquet";
    public static final String DOUBTFUL = "doubtful-labels.csv";
    public static final String FINDINGS = "analysis.json";
    public static final String PAGE = "report.html";
    public static final String FILM = "film";
    public static final String CHECKPOINTS = "checkpoints";
    public static final String CURVES = "curves";
    /** The fold of each training row: one unsigned byte for each row, in the order of the rows. */
    public static final String FOLDS = "folds.npy";

    static final String EXAMPLES = "images/examples.png";
    static final String DOUBTFUL_IMAGES = "images/doubtful.png";
    static final String SAMPLE = "images/sample.png";
    static final String CLASS_MEANS = "images/class-means.png";
    public static final String WEIGHTS_PICTURE = "weights.png";
    public static final String HISTOGRAM_PICTURE = "weight-histogram.png";
    public static final String HISTOGRAM_TABLE = "weight-histogram.csv";
    public static final String CONFUSION_PICTURE = "confusion.png";
    public static final String CONFUSION_TABLE = "confusion.csv";
    public static final String MISTAKES_PICTURE = "misclassified.png";
    private static final String MODELS = "models";
    private static final String IMAGES = "images";
    private static final Pattern EPOCH = Pattern.compile("epoch-(\\d{6,9})(\\.npy)?");

    /** Files that a training writes after its last epoch. */
    private static final List<String> WRITTEN_AT_THE_END = List.of(
            MODELS,
            IMAGES,
            CURVES,
            HELD_OUT,
            HELD_OUT_PARQUET,
            DOUBTFUL,
            FINDINGS,
            SUMMARY,
            METRICS_PARQUET,
            SUMMARY_PARQUET,
            PAGE);
    /** Files that are written earlier. The record is written first and deleted last, so no file is without a record. */
    private static final List<String> WRITTEN_WHILE_TRAINING = List.of(CHECKPOINTS, FILM, FOLDS, METRICS, RECORD);

    private Layout() {}

    public static boolean has(String name) {
        return WRITTEN_AT_THE_END.contains(name) || WRITTEN_WHILE_TRAINING.contains(name);
    }

    public static void deleteFinalFiles(Folder output) {
        WRITTEN_AT_THE_END.forEach(output::delete);
    }

    /** The record is deleted last. */
    public static void deleteTrainingFiles(Folder output) {
        WRITTEN_WHILE_TRAINING.forEach(output::delete);
    }

    /** The folder that holds a folder for each run's model. */
    public static Folder models(Folder output) {
        return output.child(MODELS);
    }

    public static Folder model(Folder output, String run) {
        return models(output).child(run);
    }

    public static Folder pictures(Folder output, String run) {
        return output.child(IMAGES).child(run);
    }

    public static String digit(int label) {
        return "digit-" + label + ".png";
    }

    static String checkpoint(int epoch) {
        return String.format(Locale.ROOT, "epoch-%06d", epoch);
    }

    static String frame(int epoch) {
        return checkpoint(epoch) + ".npy";
    }

    /** The epochs of the checkpoints or frames in a folder, ascending. */
    static List<Integer> epochs(Folder folder) {
        return folder.names().stream()
                .map(EPOCH::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .sorted()
                .toList();
    }
}
