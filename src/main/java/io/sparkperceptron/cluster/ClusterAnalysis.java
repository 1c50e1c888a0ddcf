package io.sparkperceptron.cluster;

import io.sparkperceptron.analysis.Comparison;
import io.sparkperceptron.analysis.Curvature;
import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.Findings.CurvaturePoint;
import io.sparkperceptron.analysis.ScoredExample;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.data.DatasetSummary;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.results.FilmFiles;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.TrainedRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Looks at trained runs with their data at hand: a few passes over the blocks for curvature, and two jobs on the test set. */
public final class ClusterAnalysis {

    /** How many of the most confident examples are kept for each pair of label and prediction of a run. */
    public static final int EXAMPLES_PER_CELL = 32;

    private static final int MOST_EXAMPLES = 2400;
    /** Of all their images. */
    private static final long MOST_EXAMPLE_BYTES = 64L << 20;

    private static final double EIGENVALUE_TOLERANCE = 1e-12;
    private static final int MOST_EIGENVALUE_PASSES = 100;
    /** Iterations of the power method at the first weights looked at, and at later ones, where it begins with what it had. */
    private static final int FIRST_ITERATIONS = 6;

    private static final int ITERATIONS = 2;
    /** A feature is rarely active if it is different from zero in less than one of so many examples. */
    private static final long RARE = 100;

    /**
     * What was found.
     *
     * @param evaluations of the test set, of the runs that have not diverged, in their order
     * @param images of the examples in the findings, by row, a byte for each pixel; empty if the features are none
     */
    public record Result(Findings findings, List<Evaluation> evaluations, Map<Long, byte[]> images) {}

    private final CachedBlocks data;
    private final Curvature curvature;

    public ClusterAnalysis(CachedBlocks data, KernelChoice kernel) {
        this.data = data;
        this.curvature = new Curvature(new ClusterGradient(data, kernel), data.features(), data.largestValue());
    }

    /** The largest eigenvalue of X'X/n of the training set, see {@link Curvature}. */
    public double largestEigenvalue() {
        return curvature.largestEigenvalue(
                data.features(), data.classes(), EIGENVALUE_TOLERANCE, MOST_EIGENVALUE_PASSES);
    }

    /**
     * Looks at runs that were trained together.
     *
     * @param start of all runs
     * @param runs in the plan's order
     * @param film of the same training
     */
    public Result analyse(Start start, List<TrainedRun> runs, FilmFiles film) {
        List<TrainedRun> alive = runs.stream().filter(run -> !run.diverged()).toList();
        double eigenvalue = largestEigenvalue();
        Map<TrainedRun, List<CurvaturePoint>> curvatures = new HashMap<>();
        for (TrainedRun run : alive) {
            curvatures.put(run, new ArrayList<>());
            if (start.sigma() == 0) {
                double atZero =
                        new StabilityBound(eigenvalue).curvatureAtZero(run.run().loss());
                curvatures.get(run).add(new CurvaturePoint(0, atZero));
            }
        }
        if (!alive.isEmpty()) {
            addCurvatures(runs, alive, film, curvatures);
        }
        Comparison comparison = alive.isEmpty()
                ? new Comparison(0, data.classes(), 0)
                : ClusterEvaluation.ofTestSet(
                        data, alive.stream().map(TrainedRun::model).toList(), EXAMPLES_PER_CELL);
        Map<Long, Integer> places = data.shape() == null ? Map.of() : places(comparison.evaluations(), mostExamples());
        Map<Long, byte[]> images = places.isEmpty() ? Map.of() : ClusterEvaluation.testImages(data, places.keySet());
        List<Findings.OfRun> ofRuns = new ArrayList<>();
        for (TrainedRun run : runs) {
            int index = alive.indexOf(run);
            Findings.Measured measured =
                    index < 0 ? null : measured(run, comparison.of(index), curvatures.get(run), places);
            ofRuns.add(new Findings.OfRun(run.run().name(), run.ending(), measured));
        }
        Findings findings = new Findings(
                eigenvalue,
                data.summary(Split.TRAIN).rows(),
                data.summary(Split.VALIDATION).rows(),
                data.summary(Split.TEST).rows(),
                data.features() - data.summary(Split.TRAIN).activeFeatures().cardinality(),
                ofRuns,
                onlyFirstWrong(runs, alive, comparison),
                List.copyOf(places.keySet()),
                labels(places, comparison.evaluations()));
        return new Result(findings, comparison.evaluations(), images);
    }

    /** Modified: points. */
    private void addCurvatures(
            List<TrainedRun> runs,
            List<TrainedRun> alive,
            FilmFiles film,
            Map<TrainedRun, List<CurvaturePoint>> points) {
        int last = alive.stream().mapToInt(run -> run.last().epoch()).max().orElseThrow();
        int iterations = FIRST_ITERATIONS;
        for (int epoch : film.epochs()) {
            if (epoch < last) {
                List<PerceptronModel> frame = film.frame(epoch);
                List<PerceptronModel> models =
                        alive.stream().map(run -> frame.get(runs.indexOf(run))).toList();
                addPoints(epoch, alive, models, iterations, points);
                iterations = ITERATIONS;
            }
        }
        addPoints(last, alive, alive.stream().map(TrainedRun::model).toList(), iterations, points);
    }

    /** Runs that ended before {@code epoch} have got their last point, at their own last epoch, by then. */
    private void addPoints(
            int epoch,
            List<TrainedRun> alive,
            List<PerceptronModel> models,
            int iterations,
            Map<TrainedRun, List<CurvaturePoint>> points) {
        List<Loss> losses = alive.stream().map(run -> run.run().loss()).toList();
        double[] largest = curvature.largest(Weights.of(models), losses, iterations);
        for (int i = 0; i < largest.length; i++) {
            int at = Math.min(epoch, alive.get(i).last().epoch());
            List<CurvaturePoint> ofRun = points.get(alive.get(i));
            if (ofRun.isEmpty() || ofRun.get(ofRun.size() - 1).epoch() < at) {
                ofRun.add(new CurvaturePoint(at, largest[i]));
            }
        }
    }

    private Findings.Measured measured(
            TrainedRun run, Evaluation evaluation, List<CurvaturePoint> curvature, Map<Long, Integer> places) {
        DatasetSummary training = data.summary(Split.TRAIN);
        int classes = data.classes();
        List<Long> confusion = new ArrayList<>();
        Map<String, List<Integer>> cells = new LinkedHashMap<>();
        for (int label = 0; label < classes; label++) {
            for (int prediction = 0; prediction < classes; prediction++) {
                confusion.add(evaluation.confusion().count(label, prediction));
                List<Integer> shown = evaluation.examples(label, prediction).stream()
                        .map(example -> places.get(example.row()))
                        .filter(place -> place != null)
                        .toList();
                if (!shown.isEmpty()) {
                    cells.put(label + "," + prediction, shown);
                }
            }
        }
        return new Findings.Measured(
                confusion,
                evaluation.ties(),
                evaluation.unclaimed(),
                evaluation.contested(),
                evaluation.stuckUnits(),
                curvature,
                WeightHistogram.of(
                        run.model(),
                        training.activeFeatures(),
                        training.activeInAtLeast((training.rows() + RARE - 1) / RARE)),
                cells);
    }

    /**
     * Which examples are shown, and where on the sheet: every run's most confident mistakes, then all that are kept of the run with the
     * fewest errors, then of all runs the most confident of every cell first, as long as there is room.
     */
    private static Map<Long, Integer> places(List<Evaluation> evaluations, int most) {
        Map<Long, Integer> places = new LinkedHashMap<>();
        List<Evaluation> byErrors = evaluations.stream()
                .sorted(Comparator.comparingLong(
                        evaluation -> evaluation.confusion().errors()))
                .toList();
        for (Evaluation evaluation : byErrors) {
            addPlaces(evaluation.mistakes(), most, places);
        }
        byErrors.stream().limit(1).forEach(best -> IntStream.range(0, EXAMPLES_PER_CELL)
                .forEach(rank -> addPlaces(best.examplesOfRank(rank), most, places)));
        for (int rank = 0; rank < EXAMPLES_PER_CELL; rank++) {
            for (Evaluation evaluation : byErrors) {
                addPlaces(evaluation.examplesOfRank(rank), most, places);
            }
        }
        return places;
    }

    private int mostExamples() {
        return (int) Math.max(1, Math.min(MOST_EXAMPLES, MOST_EXAMPLE_BYTES / data.features()));
    }

    /** Modified: places. */
    private static void addPlaces(List<ScoredExample> examples, int most, Map<Long, Integer> places) {
        for (ScoredExample example : examples) {
            if (places.size() < most) {
                places.putIfAbsent(example.row(), places.size());
            }
        }
    }

    private static List<Integer> labels(Map<Long, Integer> places, List<Evaluation> evaluations) {
        Map<Long, Integer> labels = new HashMap<>();
        for (Evaluation evaluation : evaluations) {
            for (int rank = 0; rank < EXAMPLES_PER_CELL; rank++) {
                evaluation.examplesOfRank(rank).forEach(example -> labels.put(example.row(), example.label()));
            }
        }
        return places.keySet().stream().map(labels::get).toList();
    }

    private static List<Long> onlyFirstWrong(List<TrainedRun> runs, List<TrainedRun> alive, Comparison comparison) {
        int[] indices = runs.stream().mapToInt(alive::indexOf).toArray();
        List<Long> counts = new ArrayList<>();
        for (int first : indices) {
            for (int second : indices) {
                counts.add(first < 0 || second < 0 ? 0 : comparison.onlyFirstWrong(first, second));
            }
        }
        return counts;
    }
}
