package io.sparkperceptron.results;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.Floor;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.FoldErrors;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.RunSummary;
import io.sparkperceptron.analysis.WilsonInterval;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The results of a finished training, read from its folder: the source of tables, pictures and the page.
 *
 * @param runs the runs on all training rows, in the plan's order
 * @param metrics the rows of {@code metrics.csv}
 */
public record Outcome(
        Folder folder, TrainingRecord record, List<RunHistory> runs, List<EpochMetrics> metrics, Findings findings) {

    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    public Outcome {
        runs = List.copyOf(runs);
        metrics = List.copyOf(metrics);
    }

    /**
     * Writes the findings about a training, for {@link #read}.
     *
     * @param images of the examples in the findings, by row; empty if the features are not images
     * @param classMeans the mean training image of each class; empty if the features are not images
     * @param sample the images of the findings' sample; empty if there is none
     */
    public static void keep(
            Findings findings,
            Map<Long, byte[]> images,
            List<byte[]> classMeans,
            List<byte[]> sample,
            ImageShape shape,
            Folder folder) {
        if (!images.isEmpty()) {
            List<byte[]> examples =
                    findings.exampleRows().stream().map(images::get).toList();
            ImageSheet.of(examples, shape, ImageSheet.EXAMPLES_IN_A_ROW).write(folder, Layout.EXAMPLES);
            ImageSheet.of(classMeans, shape, ImageSheet.columnsOfMeans(classMeans.size()))
                    .write(folder, Layout.CLASS_MEANS);
        }
        if (!sample.isEmpty()) {
            ImageSheet.of(sample, shape, ImageSheet.EXAMPLES_IN_A_ROW).write(folder, Layout.SAMPLE);
        }
        JsonFile.write(folder, Layout.FINDINGS, findings);
    }

    /** Writes the images of rows with doubtful labels, in the order of the findings. */
    public static void keepDoubtful(List<byte[]> images, ImageShape shape, Folder folder) {
        ImageSheet.of(images, shape, ImageSheet.EXAMPLES_IN_A_ROW).write(folder, Layout.DOUBTFUL_IMAGES);
    }

    /** Reads record, metrics and findings. Throws UserException if one is missing or damaged, or they do not match. */
    public static Outcome read(Folder folder) {
        return read(folder, () -> parse(folder));
    }

    /** The same as {@link #read(Folder)}, with the rows of {@code metrics.csv} from memory. */
    public static Outcome read(Folder folder, Supplier<List<EpochMetrics>> rows) {
        TrainingRecord record = TrainingRecord.read(folder);
        Findings findings =
                JsonFile.read(folder, Layout.FINDINGS, Findings.class, "findings about a training", MOST_BYTES);
        List<EpochMetrics> metrics = rows.get();
        return new Outcome(folder, record, histories(metrics, record, findings, folder), metrics, findings);
    }

    private static List<RunHistory> histories(
            List<EpochMetrics> rows, TrainingRecord record, Findings findings, Folder folder) {
        Map<Run, List<EpochMetrics>> metrics = Recording.byRun(rows);
        String where = folder.child(Layout.METRICS).uri();
        int folds = Objects.requireNonNullElse(record.options().folds(), 0);
        int classes = record.data().classes();
        List<RunHistory> runs = new ArrayList<>();
        for (Run run : metrics.keySet().stream().filter(Run::isOnAllRows).toList()) {
            Findings.OfRun found = findings.of(run.name());
            if (found == null) {
                throw new UserException("Expected findings about the run " + run.name() + " in "
                        + folder.child(Layout.FINDINGS).uri() + ", found none");
            }
            Findings.Measured measured = found.measured();
            if (measured != null && measured.confusion().size() != (long) classes * classes) {
                throw new UserException("Expected " + classes + " x " + classes + " counts of " + run.name() + " in "
                        + folder.child(Layout.FINDINGS).uri() + ", found "
                        + measured.confusion().size());
            }
            int stuck = measured == null ? 0 : measured.stuckUnits();
            List<List<EpochMetrics>> errors = RunHistory.folds(run.setting(), metrics);
            if (errors.size() != folds) {
                throw new UserException("Expected metrics of " + folds + " folds of " + run.name() + " in " + where
                        + ", found " + errors.size());
            }
            try {
                runs.add(new RunHistory(metrics.get(run), found.ending(), stuck, new FoldErrors(errors)));
            } catch (IllegalArgumentException e) {
                throw new UserException("In " + where + ": " + e.getMessage(), e);
            }
        }
        if (runs.size() != findings.runs().size()) {
            throw new UserException(
                    "Expected metrics of " + findings.runs().size() + " runs in " + where + ", found " + runs.size());
        }
        return runs;
    }

    private static List<EpochMetrics> parse(Folder folder) {
        byte[] text = folder.read(Layout.METRICS, MOST_BYTES);
        try {
            return MetricsTable.parse(new String(text, StandardCharsets.UTF_8));
        } catch (UserException e) {
            throw new UserException("In " + folder.child(Layout.METRICS).uri() + ": " + e.getMessage(), e);
        }
    }

    /** What was measured of a run after its last epoch; null if the run has diverged. */
    public Findings.Measured measured(RunHistory run) {
        return findings.of(run.run().name()).measured();
    }

    /** K, or 0 without folds. */
    public int folds() {
        return Objects.requireNonNullElse(record.options().folds(), 0);
    }

    /** The set that runs and epochs are chosen by: {@code folds}, {@code validation} or {@code test}. */
    public String chooser() {
        return folds() > 0 ? "folds" : findings.validationRows() > 0 ? "validation" : "test";
    }

    /** The setting and the number of epochs that the folds choose; empty if they choose none. */
    public Optional<FoldChoice> choice() {
        return FoldChoice.of(runs);
    }

    public Judge judge() {
        long rows =
                switch (chooser()) {
                    case "folds" -> findings.trainingRows();
                    case "validation" -> findings.validationRows();
                    default -> findings.testRows();
                };
        return new Judge(runs, rows, findings.isWeighted());
    }

    /** Each run with its verdict, in the plan's order. */
    public List<RunSummary> summaries() {
        Judge judge = judge();
        // Reported costs leave weights out, so weighted runs minimize something else.
        Map<Setting, Floor> floors = findings.isWeighted() ? Map.of() : Floor.of(runs);
        long rows = findings.testRows();
        return runs.stream()
                .map(run -> new RunSummary(
                        run,
                        judge.verdict(run),
                        judge.settledEpoch(run),
                        judge.doubling(run),
                        WilsonInterval.of(Math.round(run.last().test().error() * rows), rows),
                        Optional.ofNullable(floors.get(Floor.key(run)))))
                .toList();
    }

    /** C, the number of classes. */
    public int classes() {
        return record.data().classes();
    }

    public ClassLabels labels() {
        return ClassLabels.of(classes(), record.data().labels());
    }

    /** d, the number of features. */
    public int features() {
        return record.data().features();
    }

    public FeatureScaling scaling() {
        return FeatureScaling.of(record.options().scaling());
    }

    /** The factors of the features for a run that has not diverged; {@link #scaling} also scales rows. */
    public FeatureFactors factors(RunHistory run) {
        return ModelFiles.load(Layout.model(folder, run.run().name())).factors();
    }

    /** The description of the model of a run that has not diverged. */
    public ModelDescription kept(RunHistory run) {
        return ModelFiles.load(Layout.model(folder, run.run().name())).description();
    }

    /** The names of the features; null if they are unknown or pixels, or all runs have diverged. */
    public List<String> featureNames() {
        return runs.stream()
                .filter(run -> shape() == null && !run.diverged())
                .findFirst()
                .map(run -> kept(run).featureNames())
                .orElse(null);
    }

    /** The shape of the images; null if the features are not images. */
    public ImageShape shape() {
        return record.data().shape();
    }

    public int epochsAsked() {
        return record.options().epochs();
    }

    /** The last weights of a run that has not diverged. Throws UserException if they are damaged or misshapen. */
    public PerceptronModel model(RunHistory run) {
        Folder place = Layout.model(folder, run.run().name());
        PerceptronModel model = ModelFiles.loadLast(place);
        if (model.classes() != classes() || model.features() != features()) {
            throw new UserException("Expected a model of " + features() + " features and " + classes() + " classes in "
                    + place.uri() + ", found one of " + model.features() + " and " + model.classes());
        }
        return model;
    }

    /** The example images of the findings; empty without images. Throws UserException if they are damaged. */
    public Optional<ImageSheet> examples() {
        int count = findings.exampleRows().size();
        return sheet(count > 0, Layout.EXAMPLES, count, ImageSheet.EXAMPLES_IN_A_ROW);
    }

    /** The mean training image of each class, if examples were kept. Throws UserException if they are damaged. */
    public Optional<ImageSheet> classMeans() {
        boolean kept = shape() != null && folder.holds(Layout.CLASS_MEANS);
        return sheet(kept, Layout.CLASS_MEANS, classes(), ImageSheet.columnsOfMeans(classes()));
    }

    /** The images of the findings' sample, if there is one. Throws UserException if they are damaged. */
    public Optional<ImageSheet> sample() {
        Findings.Sample sample = findings.sample();
        return sample == null
                ? Optional.empty()
                : sheet(true, Layout.SAMPLE, sample.images(), ImageSheet.EXAMPLES_IN_A_ROW);
    }

    /** The images of rows with doubtful labels, if there are any. Throws UserException if they are damaged. */
    public Optional<ImageSheet> doubtful() {
        int count = findings.doubtful() == null ? 0 : findings.doubtful().rows().size();
        return sheet(count > 0, Layout.DOUBTFUL_IMAGES, count, ImageSheet.EXAMPLES_IN_A_ROW);
    }

    private Optional<ImageSheet> sheet(boolean kept, String name, int count, int columns) {
        return kept && shape() != null
                ? Optional.of(ImageSheet.read(folder, name, shape(), count, columns))
                : Optional.empty();
    }

    public FilmFiles film() {
        List<Run> trained = metrics.stream().map(EpochMetrics::run).distinct().toList();
        TrainingPlan plan = new TrainingPlan(trained, epochsAsked(), Start.ZEROS, StopRules.NONE);
        return new FilmFiles(folder, plan, features(), classes());
    }
}
