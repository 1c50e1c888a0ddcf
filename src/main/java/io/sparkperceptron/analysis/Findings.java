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
import org.apache.commons.lang3.Validate;

/**
 * Everything computed from the data of a training, {@code analysis.json}. The report needs only the findings, the
 * metrics and the models.
 *
 * @param largestEigenvalue of X'X/n, see {@link Curvature}
 * @param trainingRows the number of examples trained on
 * @param neverActive the number of features that are zero in every training example
 * @param emptyClasses the numbers of the classes without an example in any set
 * @param onlyFirstWrong entry a R + b is the number of test examples that run a of R gets wrong and run b gets right
 * @param exampleRows the numbers of the test images on the sheet {@code images/examples.png}, in its order; empty
 *     without images
 * @param curvatureRows the number of evenly spread training examples used for the runs' curvatures; null for all
 * @param lineRows the number of evenly spread training examples used to estimate costs along the runs' lines; null
 *     without lines
 * @param weighted true if training rows or classes have weights, which reported costs exclude; otherwise null
 * @param sample the images on which the page trains; null without images
 * @param doubtful the training rows with doubtful labels; null without held-out scores
 */
@JsonInclude(Include.NON_NULL)
public record Findings(
        double largestEigenvalue,
        long trainingRows,
        long validationRows,
        long testRows,
        int neverActive,
        List<Integer> emptyClasses,
        List<OfRun> runs,
        List<Long> onlyFirstWrong,
        List<Long> exampleRows,
        List<Integer> exampleLabels,
        Long curvatureRows,
        Integer lineRows,
        Boolean weighted,
        Sample sample,
        Doubtful doubtful) {

    private static final Pattern CELL = Pattern.compile("\\d{1,9},\\d{1,9}");

    /** The findings about the run of this name; {@code measured} is null if it has diverged. */
    public record OfRun(String run, Ending ending, Measured measured) {

        public OfRun {
            Objects.requireNonNull(run, "expected the name of a run, got none");
            Objects.requireNonNull(ending, "expected the ending of a run, got none");
        }
    }

    /**
     * Measurements of one run's last weights, most of them on the test set.
     *
     * @param confusion entry label C + prediction is a number of examples
     * @param ties see {@link Evaluation}, also for {@code unclaimed}, {@code contested}, {@code yes} and {@code
     *     stuckUnits}
     * @param curvature at some epochs, the last included
     * @param cells for each "label,prediction", the places on the sheet of examples, most confident first
     * @param mistakes the most confident mistakes, most confident first
     * @param lines of some epochs, ascending, and of each class in order; empty for most runs if there are very many
     */
    public record Measured(
            List<Long> confusion,
            long ties,
            long unclaimed,
            long contested,
            List<Long> yes,
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
            yes = Checks.counts(yes, "examples with a yes of each perceptron");
            Checks.notNegative(stuckUnits, "stuck perceptrons");
            // A fixed order gives the file the same bytes every time.
            Map<String, List<Integer>> copy = new LinkedHashMap<>();
            cells.forEach((cell, places) -> {
                Validate.isTrue(CELL.matcher(cell).matches(), "expected a cell such as 3,5, got '%s'", cell);
                copy.put(cell, Checks.counts(places, "places of " + cell));
            });
            cells = Collections.unmodifiableMap(copy);
            mistakes = Checks.complete(mistakes, "mistakes");
            lines = Checks.complete(lines, "lines");
        }

        /** The measurements of a run; its examples have the places of {@code choice}. */
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
                    evaluation.yes(),
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

    /** A misclassified test example, by its number in the test set, and z of the predicted class. */
    public record Mistake(long row, int label, int prediction, double z) {

        /** sigma(z). */
        public double score() {
            return Sigmoid.sigmoid(z);
        }
    }

    /**
     * An estimate of the curvature at one epoch, see {@link Curvature}.
     *
     * @param largest the eigenvalue that is largest in absolute value; it can be negative
     * @param residual of the estimate
     */
    public record CurvaturePoint(int epoch, double largest, double residual) {

        public CurvaturePoint {
            Checks.notNegative(epoch, "the epoch of a curvature");
        }
    }

    /**
     * Evenly spread images on the sheet {@code images/sample.png}, those of the training set first. Rows are numbered
     * within their set.
     *
     * @param classWeights the weight of each class; null if all are 1
     */
    @JsonInclude(Include.NON_NULL)
    public record Sample(
            List<Long> trainingRows,
            List<Integer> trainingLabels,
            List<Long> testRows,
            List<Integer> testLabels,
            List<Double> classWeights) {

        public Sample {
            trainingRows = Checks.counts(trainingRows, "rows of sampled training images");
            trainingLabels = Checks.counts(trainingLabels, "labels of sampled training images");
            testRows = Checks.counts(testRows, "rows of sampled test images");
            testLabels = Checks.counts(testLabels, "labels of sampled test images");
            classWeights = classWeights == null ? null : Checks.complete(classWeights, "weights of classes");
            if (trainingRows.size() != trainingLabels.size() || testRows.size() != testLabels.size()) {
                throw new IllegalArgumentException("expected as many labels as sampled images, got "
                        + trainingLabels.size() + " and " + testLabels.size() + " labels for " + trainingRows.size()
                        + " and " + testRows.size() + " images");
            }
        }

        /** The number of images on the sheet. */
        public int images() {
            return trainingRows.size() + testRows.size();
        }
    }

    /**
     * The training rows whose held-out scores contradict their labels most, the most doubtful first.
     *
     * @param run the name of the setting whose folds' models gave the scores
     * @param epoch of these models
     * @param wrong the number of all rows whose held-out prediction is not their label
     */
    public record Doubtful(
            String run,
            int epoch,
            long wrong,
            List<Long> rows,
            List<Integer> labels,
            List<Integer> predictions,
            List<Double> margins) {

        public Doubtful {
            Objects.requireNonNull(run, "expected the name of a run, got none");
            Checks.notNegative(epoch, "the epoch of held-out scores");
            Checks.notNegative(wrong, "rows with another held-out prediction");
            rows = Checks.counts(rows, "rows with doubtful labels");
            labels = Checks.counts(labels, "doubtful labels");
            predictions = Checks.counts(predictions, "predictions of rows with doubtful labels");
            margins = Checks.complete(margins, "margins of rows with doubtful labels");
            int count = rows.size();
            if (labels.size() != count || predictions.size() != count || margins.size() != count) {
                throw new IllegalArgumentException("expected a label, a prediction and a margin for each of "
                        + count + " doubtful rows, got " + labels.size() + ", " + predictions.size() + " and "
                        + margins.size());
            }
        }
    }

    /** Whether training minimizes a cost with weights of rows or classes, unlike the reported cost. */
    public boolean isWeighted() {
        return Boolean.TRUE.equals(weighted);
    }

    public Findings {
        Validate.isTrue(
                largestEigenvalue >= 0, "expected a largest eigenvalue of at least 0, got %s", largestEigenvalue);
        Checks.notNegative(trainingRows, "training rows");
        Checks.notNegative(validationRows, "validation rows");
        Checks.notNegative(testRows, "test rows");
        Checks.notNegative(neverActive, "features that are never active");
        emptyClasses = Checks.counts(emptyClasses, "classes without examples");
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
        int examples = exampleRows.size();
        for (OfRun run : runs) {
            if (run.measured() != null) {
                run.measured()
                        .cells()
                        .forEach((cell, places) -> places.forEach(place -> Validate.isTrue(
                                place < examples,
                                "expected places below %s in the cell %s of %s, got %s",
                                examples,
                                cell,
                                run.run(),
                                place)));
            }
        }
    }

    /** The findings about the run of this name; null if there is none. */
    public OfRun of(String run) {
        return runs.stream()
                .filter(found -> found.run().equals(run))
                .findFirst()
                .orElse(null);
    }
}
