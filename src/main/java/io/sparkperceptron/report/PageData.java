package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.RunSummary;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.analysis.Verdict;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.results.ExampleSheet;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.JsonFile;
import io.sparkperceptron.training.EpochMetrics;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the page shows, as a tree of maps, lists, numbers and texts; arrays as {@link PageBytes} has them. Curves, examples, weights
 * and film are thinned out until the page is small enough; what it does not show is in the other files.
 */
final class PageData {

    /** The characters that all of it takes, about. */
    private static final long MOST_CHARACTERS = 3_700_000;

    private static final long MOST_FOR_CURVES = 1_000_000;
    private static final int MOST_POINTS = 1000;
    private static final int FEWEST_POINTS = 20;
    private static final long MOST_FOR_EXAMPLES = 1_000_000;
    private static final int CURVES = 6;
    private static final int MOST_CLASSES_SHOWN = 100;

    private final Outcome outcome;
    private final Judge judge;
    private final ImageShape shape;
    private final List<Integer> epochs;
    private ExampleSheet sheet;
    private String sheetPng;

    PageData(Outcome outcome) {
        this.outcome = outcome;
        this.judge = outcome.judge();
        this.shape = outcome.shape();
        this.epochs = epochs(outcome.runs());
    }

    String title() {
        List<RunHistory> runs = outcome.runs();
        String first = runs.get(0).run().name();
        return runs.size() == 1
                ? first
                : runs.size() + " runs, " + first + " to "
                        + runs.get(runs.size() - 1).run().name();
    }

    Map<String, Object> tree() {
        readExamples();
        PageWeights weights = new PageWeights(outcome, MOST_CHARACTERS - charactersBesideWeights());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("title", title());
        tree.put("started", outcome.record().started());
        tree.put("finished", outcome.record().finished());
        tree.put("facts", PageFacts.of(JsonFile.tree(outcome.record())));
        tree.put("classes", outcome.classes());
        tree.put("features", outcome.features());
        tree.put("image", shape == null ? null : fields("height", shape.height(), "width", shape.width()));
        tree.put("factor", factor(outcome.scaling()));
        tree.put("epochsAsked", outcome.epochsAsked());
        tree.put(
                "rows",
                fields(
                        "train", outcome.findings().trainingRows(),
                        "validation", outcome.findings().validationRows(),
                        "test", outcome.findings().testRows()));
        tree.put("chooser", outcome.hasValidation() ? "validation" : "test");
        tree.put("stability", stability());
        tree.put("epochs", PageBytes.integers(epochs));
        tree.put("seconds", PageBytes.floats(seconds()));
        tree.put("neverMoving", outcome.findings().neverActive());
        List<Object> runs = new ArrayList<>();
        outcome.summaries().forEach(summary -> runs.add(run(summary, weights)));
        tree.put("runs", runs);
        tree.put(
                "chosen",
                outcome.runs().indexOf(judge.best().orElse(outcome.runs().get(0))));
        tree.put("onlyFirstWrong", PageBytes.integers(outcome.findings().onlyFirstWrong()));
        tree.put("examples", examples());
        return tree;
    }

    /** The epochs that curves have points at: evenly spaced, and each run's last. */
    private static List<Integer> epochs(List<RunHistory> runs) {
        int last = runs.stream().mapToInt(RunHistory::lastEpoch).max().orElseThrow();
        long room = MOST_FOR_CURVES / PageBytes.length((long) CURVES * Float.BYTES) / runs.size();
        int points = (int) Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, room));
        int step = last / points + 1;
        List<Integer> epochs = new ArrayList<>();
        for (int epoch = 0; epoch <= last; epoch++) {
            int at = epoch;
            if (epoch % step == 0 || runs.stream().anyMatch(run -> run.lastEpoch() == at)) {
                epochs.add(epoch);
            }
        }
        return epochs;
    }

    /** Takes as many of the example images as there is room for. */
    private void readExamples() {
        int count = outcome.findings().exampleRows().size();
        if (shape == null || count == 0) {
            return;
        }
        sheet = outcome.examples().orElseThrow();
        sheetPng = Base64.getEncoder().encodeToString(sheet.png());
        while (sheetPng.length() > MOST_FOR_EXAMPLES && sheet.count() > 1) {
            sheet = sheet.first(sheet.count() / 2);
            sheetPng = Base64.getEncoder().encodeToString(sheet.png());
        }
    }

    private long charactersBesideWeights() {
        long points = 0;
        for (RunHistory run : outcome.runs()) {
            points += pointsOf(run);
        }
        long pairs = outcome.findings().onlyFirstWrong().size();
        long cells = 0;
        for (Findings.OfRun run : outcome.findings().runs()) {
            if (run.measured() != null && outcome.classes() <= MOST_CLASSES_SHOWN) {
                cells += run.measured().confusion().size() * 4L;
                cells += run.measured().cells().values().stream()
                        .mapToLong(places -> 12 + 5L * places.size())
                        .sum();
            }
        }
        return PageBytes.length(points * CURVES * Float.BYTES)
                + PageBytes.length(pairs * Integer.BYTES)
                + cells
                + (sheetPng == null ? 0 : sheetPng.length() + 10L * sheet.count());
    }

    private int pointsOf(RunHistory run) {
        return (int) epochs.stream().filter(epoch -> epoch <= run.lastEpoch()).count();
    }

    private Map<String, Object> run(RunSummary summary, PageWeights weights) {
        RunHistory run = summary.history();
        List<EpochMetrics> points = epochs.stream()
                .filter(epoch -> epoch <= run.lastEpoch())
                .map(epoch -> run.epochs().get(epoch))
                .toList();
        boolean validation = outcome.hasValidation();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", run.run().name());
        tree.put("loss", run.run().loss().label());
        tree.put("rate", run.run().learningRate());
        tree.put("ending", run.ending());
        tree.put("lastEpoch", run.lastEpoch());
        tree.put("points", points.size());
        tree.put("trainCost", PageBytes.floats(points, epoch -> epoch.train().cost()));
        tree.put("trainError", PageBytes.floats(points, epoch -> epoch.train().error()));
        tree.put("testCost", PageBytes.floats(points, epoch -> epoch.test().cost()));
        tree.put("testError", PageBytes.floats(points, epoch -> epoch.test().error()));
        tree.put(
                "validationCost",
                validation
                        ? PageBytes.floats(points, epoch -> epoch.validation().cost())
                        : null);
        tree.put(
                "validationError",
                validation
                        ? PageBytes.floats(points, epoch -> epoch.validation().error())
                        : null);
        tree.put("final", last(run.last()));
        tree.put("best", fields("error", run.best().error(), "epoch", run.best().epoch()));
        tree.put("margin", judge.margin(run));
        OptionalInt reasonable = summary.reasonableEpochs();
        tree.put("reasonableEpochs", reasonable.isPresent() ? reasonable.getAsInt() : null);
        Verdict verdict = summary.verdict();
        tree.put("verdict", verdict.kind().label());
        tree.put("verdictEpoch", verdict.epoch());
        tree.put("verdictReason", verdict.reason());
        tree.put(
                "interval", List.of(summary.interval().low(), summary.interval().high()));
        addMeasured(run, tree);
        tree.put("weights", weights.last(run));
        tree.put("film", weights.film(run));
        return tree;
    }

    private void addMeasured(RunHistory run, Map<String, Object> tree) {
        Findings.Measured measured = outcome.measured(run);
        if (measured == null) {
            tree.put("curvature", List.of());
            tree.put("cells", fields());
            return;
        }
        tree.put(
                "answers",
                fields("none", measured.unclaimed(), "several", measured.contested(), "ties", measured.ties()));
        tree.put(
                "curvature",
                measured.curvature().stream()
                        .map(point -> List.of(point.epoch(), point.largest()))
                        .toList());
        boolean fewClasses = outcome.classes() <= MOST_CLASSES_SHOWN;
        tree.put("confusion", fewClasses ? measured.confusion() : null);
        tree.put(
                "histogram",
                fields(
                        "width", measured.histogram().binWidth(),
                        "moving", measured.histogram().moving(),
                        "still", measured.histogram().still()));
        long middle =
                measured.histogram().moving().get(measured.histogram().moving().size() / 2);
        tree.put("rarelyInked", middle == 0 ? null : measured.histogram().rarelyActiveInMiddle() / (double) middle);
        Map<String, List<Integer>> cells = new LinkedHashMap<>();
        if (sheet != null && fewClasses) {
            measured.cells()
                    .forEach((cell, places) -> cells.put(
                            cell,
                            places.stream()
                                    .filter(place -> place < sheet.count())
                                    .toList()));
        }
        tree.put("cells", cells);
    }

    private Map<String, Object> last(EpochMetrics last) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("trainCost", finite(last.train().cost()));
        tree.put("trainError", finite(last.train().error()));
        tree.put("testCost", finite(last.test().cost()));
        tree.put("testError", finite(last.test().error()));
        tree.put("validationCost", finite(last.validation().cost()));
        tree.put("validationError", finite(last.validation().error()));
        return tree;
    }

    private static Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private Map<String, Object> stability() {
        StabilityBound bound = new StabilityBound(outcome.findings().largestEigenvalue());
        return fields(
                "eigenvalue", bound.largestEigenvalue(),
                "smoothness", bound.smoothness(Loss.LOGISTIC),
                "rate", bound.rate(Loss.LOGISTIC),
                "mseRate", bound.rate(Loss.MSE));
    }

    /** Of the curves' epochs, the wall time to their ends; the runs of a pass share it. */
    private double[] seconds() {
        RunHistory longest = outcome.runs().stream()
                .max((a, b) -> Integer.compare(a.lastEpoch(), b.lastEpoch()))
                .orElseThrow();
        double[] seconds = new double[epochs.size()];
        double sum = 0;
        int next = 0;
        for (EpochMetrics epoch : longest.epochs()) {
            sum += epoch.time().total();
            if (epochs.get(next) == epoch.epoch()) {
                seconds[next++] = sum;
            }
        }
        return seconds;
    }

    private Map<String, Object> examples() {
        if (sheet == null) {
            return null;
        }
        int count = sheet.count();
        return fields(
                "count",
                count,
                "columns",
                ExampleSheet.COLUMNS,
                "png",
                "data:image/png;base64," + sheetPng,
                "rows",
                outcome.findings().exampleRows().subList(0, count),
                "labels",
                outcome.findings().exampleLabels().subList(0, count));
    }

    /** Names and values, in this order. */
    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private static Double factor(FeatureScaling scaling) {
        return switch (scaling) {
            case NONE -> 1.0;
            case PIXEL -> 1.0 / 255;
            case UNIT_NORM -> null;
        };
    }
}
