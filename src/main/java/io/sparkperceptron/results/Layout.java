package io.sparkperceptron.results;

import io.sparkperceptron.storage.Folder;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in its folder a training leaves what: all names of files and folders, and nowhere else. */
public final class Layout {

    public static final String RECORD = "run.json";
    public static final String METRICS = "metrics.csv";
    public static final String SUMMARY = "summary.csv";
    public static final String METRICS_PARQUET = "metrics.parquet";
    public static final String SUMMARY_PARQUET = "summary.parquet";
    public static final String FINDINGS = "analysis.json";
    public static final String PAGE = "report.html";
    public static final String FILM = "film";
    public static final String CHECKPOINTS = "checkpoints";
    public static final String CURVES = "curves";
    /** Which fold each training row is in: an unsigned byte for each, in their order. */
    public static final String FOLDS = "folds.npy";
    /** A sheet with the example images that are shown. */
    static final String EXAMPLES = "images/examples.png";
    /** A sheet with the mean training image of each class. */
    static final String CLASS_MEANS = "images/class-means.png";

    /** In the folder of a run's pictures. */
    public static final String WEIGHTS_PICTURE = "weights.png";

    public static final String HISTOGRAM_PICTURE = "weight-histogram.png";
    public static final String HISTOGRAM_TABLE = "weight-histogram.csv";
    public static final String CONFUSION_PICTURE = "confusion.png";
    public static final String CONFUSION_TABLE = "confusion.csv";
    public static final String MISTAKES_PICTURE = "misclassified.png";

    private static final String MODELS = "models";
    private static final String IMAGES = "images";

    private static final Pattern EPOCH = Pattern.compile("epoch-(\\d{6,9})(\\.npy)?");

    /** What a training makes of its last epoch. */
    private static final List<String> MADE_AT_THE_END =
            List.of(MODELS, IMAGES, CURVES, FINDINGS, SUMMARY, METRICS_PARQUET, SUMMARY_PARQUET, PAGE);
    /** What it leaves on the way; the record goes last and comes first, so that whatever is there has one. */
    private static final List<String> LEFT_ON_THE_WAY = List.of(CHECKPOINTS, FILM, FOLDS, METRICS, RECORD);

    private Layout() {}

    /** Whether a training leaves something of that name in its folder. */
    public static boolean has(String name) {
        return MADE_AT_THE_END.contains(name) || LEFT_ON_THE_WAY.contains(name);
    }

    /** Removes what a training has made of its last epoch. */
    public static void deleteWhatIsMadeAtTheEnd(Folder output) {
        MADE_AT_THE_END.forEach(output::delete);
    }

    /** Removes what a training has left on the way, its record last. */
    public static void deleteWhatIsLeftOnTheWay(Folder output) {
        LEFT_ON_THE_WAY.forEach(output::delete);
    }

    /** The folder with a folder for each run's model. */
    public static Folder models(Folder output) {
        return output.child(MODELS);
    }

    /** The folder of a run's model. */
    public static Folder model(Folder output, String run) {
        return models(output).child(run);
    }

    /** The folder of a run's pictures and their tables. */
    public static Folder pictures(Folder output, String run) {
        return output.child(IMAGES).child(run);
    }

    /** The name of the picture of the weights of the class with that label. */
    public static String digit(int label) {
        return "digit-" + label + ".png";
    }

    /** The name of a checkpoint's folder, such as {@code epoch-000100}. */
    static String checkpoint(int epoch) {
        return String.format(Locale.ROOT, "epoch-%06d", epoch);
    }

    /** The name of a frame of the film, such as {@code epoch-000100.npy}. */
    static String frame(int epoch) {
        return checkpoint(epoch) + ".npy";
    }

    /** The epochs of the checkpoints or frames in a folder, ascending. */
    static List<Integer> epochs(Folder folder) {
        return folder.names().stream()
                .map(Layout::epoch)
                .flatMap(epoch -> epoch.stream().boxed())
                .sorted()
                .toList();
    }

    private static OptionalInt epoch(String name) {
        Matcher matcher = EPOCH.matcher(name);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
