package io.sparkperceptron.analysis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.sparkperceptron.model.Sigmoid;
import io.sparkperceptron.training.Ending;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What was found out about a training with its data at hand, {@code analysis.json}; with metrics and models it is all that the
 * report needs.
 *
 * @param largestEigenvalue of X'X/n, see {@link Curvature}
 * @param trainingRows the number of examples trained on; {@code validationRows} and {@code testRows} likewise
 * @param neverActive features that are zero in every training example
 * @param runs in the plan's order
 * @param onlyFirstWrong entry a R + b is the number of test examples that run a gets wrong and run b right
 * @param exampleRows the numbers of the test images that are shown, in the order of the sheet {@code images/examples.png}; none if
 *     the features are no images
 * @param exampleLabels their labels
 * @param curvatureRows the training examples, evenly spread, that the runs' curvatures are of; null if they are of all
 * @param lineRows the training examples, evenly spread, that the runs' lines are of; null if there are no lines
 */
@JsonInclude(Include.NON_NULL)
public record Findings(
        double largestEigenvalue,
        long trainingRows,
        long validationRows,
        long testRows,
        int neverActive,
        List<OfRun> runs,
        List<Long> onlyFirstWrong,
        List<Long> exampleRows,
        List<Integer> exampleLabels,
        Long curvatureRows,
        Integer lineRows) {

    private static final Pattern CELL = Pattern.compile("\\d{1,9},\\d{1,9}");

    /**
     * Of one run.
     *
     * @param run its name
     * @param measured null if it has diverged
     */
    public record OfRun(String run, Ending ending, Measured measured) {

        public OfRun {
            Objects.requireNonNull(run, "expected the name of a run, got none");
            Objects.requireNonNull(ending, "expected the ending of a run, got none");
        }
    }

    /**
     * Of one run's last weights, on the test set.
     *
     * @param confusion entry label C + prediction is a number of examples
     * @param ties see {@link Evaluation}; {@code unclaimed}, {@code contested} and {@code stuckUnits} likewise
     * @param curvature at some epochs, and the last
     * @param cells for "label,prediction" the places on the sheet of examples, most confident first
     * @param mistakes the most confident of all, most confident first
     * @param lines of some epochs, ascending, and there of each class in turn; none of most runs where there are very many
     */
    public record Measured(
            List<Long> confusion,
            long ties,
            long unclaimed,
            long contested,
            int stuckUnits,
            List<CurvaturePoint> curvature,
            WeightHistogram histogram,
            Map<String, List<Integer>> cells,
            List<Mistake> mistakes,
            List<DescentLine> lines) {

        public Measured {
            Objects.requireNonNull(histogram, "expected a histogram, got none");
            Objects.requireNonNull(cells, "expected cells, got none");
            confusion = Checks.counts(confusion, "examples by label and prediction");
            curvature = Checks.complete(curvature, "curvatures");
            Checks.notNegative(ties, "ties");
            Checks.notNegative(unclaimed, "unclaimed examples");
            Checks.notNegative(contested, "contested examples");
            Checks.notNegative(stuckUnits, "stuck perceptrons");
            // In their order, so that the file's bytes are always the same.
            Map<String, List<Integer>> copy = new LinkedHashMap<>();
            cells.forEach((cell, places) -> copy.put(cell(cell), Checks.counts(places, "places of " + cell)));
            cells = Collections.unmodifiableMap(copy);
            mistakes = Checks.complete(mistakes, "mistakes");
            lines = Checks.complete(lines, "lines");
        }

        private static String cell(String name) {
            if (!CELL.matcher(name).matches()) {
                throw new IllegalArgumentException("expected a cell such as 3,5, got '" + name + "'");
            }
            return name;
        }

        /** Of a run that was evaluated; the places of examples are those of a choice. */
        public static Measured of(
                Evaluation evaluation,
                List<CurvaturePoint> curvature,
                WeightHistogram histogram,
                ExampleChoice choice,
                List<DescentLine> lines) {
            ConfusionMatrix confusion = evaluation.confusion();
            List<Long> counts = new ArrayList<>();
            Map<String, List<Integer>> cells = new LinkedHashMap<>();
            for (int label = 0; label < confusion.classes(); label++) {
                for (int prediction = 0; prediction < confusion.classes(); prediction++) {
                    counts.add(confusion.count(label, prediction));
                    List<Integer> places = choice.places(evaluation.examples(label, prediction));
                    if (!places.isEmpty()) {
                        cells.put(label + "," + prediction, places);
                    }
                }
            }
            return new Measured(
                    counts,
                    evaluation.ties(),
                    evaluation.unclaimed(),
                    evaluation.contested(),
                    evaluation.stuckUnits(),
                    curvature,
                    histogram,
                    cells,
                    evaluation.mistakes().stream()
                            .map(mistake ->
                                    new Mistake(mistake.row(), mistake.label(), mistake.prediction(), mistake.z()))
                            .toList(),
                    lines);
        }
    }

    /**
     * A test example put in another class than its own.
     *
     * @param row its number in the test set
     * @param z of the class it was put in
     */
    public record Mistake(long row, int label, int prediction, double z) {

        /** sigma(z). */
        public double score() {
            return Sigmoid.sigmoid(z);
        }
    }

    /**
     * See {@link Curvature}.
     *
     * @param largest estimate of the Hessian's eigenvalue that is largest in size, at the weights of that epoch; it can be negative
     * @param residual of the estimate
     */
    public record CurvaturePoint(int epoch, double largest, double residual) {

        public CurvaturePoint {
            Checks.notNegative(epoch, "the epoch of a curvature");
        }
    }

    public Findings {
        if (!(largestEigenvalue >= 0)) {
            throw new IllegalArgumentException("expected a largest eigenvalue of at least 0, got " + largestEigenvalue);
        }
        Checks.notNegative(trainingRows, "training rows");
        Checks.notNegative(validationRows, "validation rows");
        Checks.notNegative(testRows, "test rows");
        Checks.notNegative(neverActive, "features that are never active");
        runs = Checks.complete(runs, "runs");
        onlyFirstWrong = Checks.counts(onlyFirstWrong, "examples that only the first of two runs gets wrong");
        exampleRows = Checks.counts(exampleRows, "rows of examples");
        exampleLabels = Checks.counts(exampleLabels, "labels of examples");
        if (curvatureRows != null) {
            Checks.notNegative(curvatureRows, "training examples that curvatures are of");
        }
        if (onlyFirstWrong.size() != runs.size() * runs.size() || exampleRows.size() != exampleLabels.size()) {
            throw new IllegalArgumentException("expected counts for every pair of " + runs.size()
                    + " runs and as many labels as examples, got " + onlyFirstWrong.size() + " counts, "
                    + exampleRows.size() + " examples and " + exampleLabels.size() + " labels");
        }
        for (OfRun run : runs) {
            requirePlaces(run, exampleRows.size());
        }
    }

    private static void requirePlaces(OfRun run, int examples) {
        if (run.measured() != null) {
            run.measured()
                    .cells()
                    .forEach((cell, places) -> places.forEach(place -> {
                        if (place >= examples) {
                            throw new IllegalArgumentException("expected places below " + examples + " in the cell "
                                    + cell + " of " + run.run() + ", got " + place);
                        }
                    }));
        }
    }

    /** The findings of the run of that name; null if there are none. */
    public OfRun of(String run) {
        return runs.stream()
                .filter(found -> found.run().equals(run))
                .findFirst()
                .orElse(null);
    }
}
