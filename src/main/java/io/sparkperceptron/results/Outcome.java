package io.sparkperceptron.results;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.RunSummary;
import io.sparkperceptron.analysis.WilsonInterval;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a finished training has left in its folder, read back: all that the report is made of.
 *
 * @param record {@code run.json}
 * @param runs in the plan's order
 */
public record Outcome(Folder folder, JsonNode record, List<RunHistory> runs, Findings findings) {

    public static final String RECORD = "run.json";
    public static final String FINDINGS = "analysis.json";
    private static final int MOST_FINDINGS_BYTES = Integer.MAX_VALUE - 8;

    /**
     * Reads metrics and findings.
     *
     * @throws UserException if a file is missing or damaged, or they do not fit each other
     */
    public static Outcome read(Folder folder) {
        JsonNode record = JsonFile.read(folder, RECORD, JsonNode.class, "the record of a training");
        requireRecord(record, folder.child(RECORD).uri());
        Findings findings =
                JsonFile.read(folder, FINDINGS, Findings.class, "findings about a training", MOST_FINDINGS_BYTES);
        requireConfusions(
                findings,
                record.path("data").path("classes").asInt(),
                folder.child(FINDINGS).uri());
        byte[] metrics = folder.read(MetricsFile.NAME, Integer.MAX_VALUE - 8);
        Map<Run, List<EpochMetrics>> byRun = new LinkedHashMap<>();
        for (EpochMetrics row : parse(metrics, folder.child(MetricsFile.NAME).uri())) {
            byRun.computeIfAbsent(row.run(), run -> new ArrayList<>()).add(row);
        }
        List<RunHistory> runs = new ArrayList<>();
        for (Map.Entry<Run, List<EpochMetrics>> run : byRun.entrySet()) {
            Findings.OfRun found = findings.of(run.getKey().name());
            if (found == null) {
                throw new UserException("Expected findings about the run "
                        + run.getKey().name() + " in " + folder.child(FINDINGS).uri() + ", found none");
            }
            int stuck = found.measured() == null ? 0 : found.measured().stuckUnits();
            try {
                runs.add(new RunHistory(run.getValue(), found.ending(), stuck));
            } catch (IllegalArgumentException e) {
                throw new UserException("In " + folder.child(MetricsFile.NAME).uri() + ": " + e.getMessage(), e);
            }
        }
        if (runs.size() != findings.runs().size()) {
            throw new UserException("Expected metrics of " + findings.runs().size() + " runs in "
                    + folder.child(MetricsFile.NAME).uri() + ", found " + runs.size());
        }
        return new Outcome(folder, record, List.copyOf(runs), findings);
    }

    private static void requireRecord(JsonNode record, String where) {
        JsonNode data = record.path("data");
        int classes = data.path("classes").asInt();
        int features = data.path("features").asInt();
        if (classes < 1 || features < 1) {
            throw new UserException("Expected classes and features of at least 1 in " + where + ", found " + classes
                    + " and " + features);
        }
        try {
            FeatureScaling.of(record.path("options").path("scaling").asText());
            if (data.path("imageHeight").isInt()) {
                ImageShape shape = new ImageShape(
                        data.path("imageHeight").asInt(),
                        data.path("imageWidth").asInt());
                if (shape.pixels() != features) {
                    throw new IllegalArgumentException("expected images of " + features + " pixels, got " + shape);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new UserException("In " + where + ": " + e.getMessage(), e);
        }
    }

    private static void requireConfusions(Findings findings, int classes, String where) {
        for (Findings.OfRun run : findings.runs()) {
            if (run.measured() != null && run.measured().confusion().size() != (long) classes * classes) {
                throw new UserException("Expected " + classes + " x " + classes + " counts of " + run.run() + " in "
                        + where + ", found " + run.measured().confusion().size());
            }
        }
    }

    private static List<EpochMetrics> parse(byte[] metrics, String where) {
        try {
            return MetricsFile.parse(new String(metrics, StandardCharsets.UTF_8));
        } catch (UserException e) {
            throw new UserException("In " + where + ": " + e.getMessage(), e);
        }
    }

    /** Of a run; null if it has diverged. */
    public Findings.Measured measured(RunHistory run) {
        return findings.of(run.run().name()).measured();
    }

    public boolean hasValidation() {
        return findings.validationRows() > 0;
    }

    public Judge judge() {
        return new Judge(runs, hasValidation() ? findings.validationRows() : findings.testRows());
    }

    /** What each run came to, in the plan's order. */
    public List<RunSummary> summaries() {
        Judge judge = judge();
        long rows = findings.testRows();
        return runs.stream()
                .map(run -> new RunSummary(
                        run,
                        judge.verdict(run),
                        judge.reasonableEpochs(run),
                        WilsonInterval.of(Math.round(run.last().test().error() * rows), rows)))
                .toList();
    }

    public int classes() {
        return record.path("data").path("classes").asInt();
    }

    public int features() {
        return record.path("data").path("features").asInt();
    }

    public FeatureScaling scaling() {
        return FeatureScaling.of(record.path("options").path("scaling").asText());
    }

    /** The shape of the images, or null if the features are none. */
    public ImageShape shape() {
        JsonNode data = record.path("data");
        return data.path("imageHeight").isInt()
                ? new ImageShape(
                        data.path("imageHeight").asInt(),
                        data.path("imageWidth").asInt())
                : null;
    }

    public int epochsAsked() {
        return record.path("options").path("epochs").asInt();
    }

    /** The last weights of a run that has not diverged. */
    public PerceptronModel model(RunHistory run) {
        return ModelFiles.load(folder.child("models/" + run.run().name())).model();
    }

    public FilmFiles film() {
        TrainingPlan plan = new TrainingPlan(
                runs.stream().map(RunHistory::run).toList(), epochsAsked(), Start.ZEROS, StopRules.NONE);
        return new FilmFiles(folder, plan, features(), classes());
    }
}
