package io.sparkperceptron.session;

import io.sparkperceptron.analysis.Comparison;
import io.sparkperceptron.analysis.Curvature;
import io.sparkperceptron.analysis.DescentLines;
import io.sparkperceptron.analysis.EpochTrack;
import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.analysis.ExampleChoice;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ImageRow;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterEvaluation;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.ClusterImages;
import io.sparkperceptron.cluster.ClusterSteps;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.training.Film;
import io.sparkperceptron.training.GradientFunction;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.TrainedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Examines trained runs with their data. The bound of stability takes about 30 passes over at most {@value #ROWS}
 * training rows. If there are more, one pass over all rows caches an excerpt, and {@value #PASSES_OVER_ALL} passes over
 * all rows correct the eigenvalue. The runs' curvatures take a few passes for each epoch of the film, over fewer rows
 * if there are many runs. The lines of steps take a pass over all rows for each of these epochs, and another for the
 * gradient unless the curvature has it. A test set of more than {@value #ROWS} rows is read three times. Without a test
 * set, models are evaluated on training rows.
 */
final class Examination implements AutoCloseable {

    /** The number of MNIST's training rows, so that MNIST needs no excerpt. */
    private static final long ROWS = 60_000;
    /** All passes but the first are steps of the power method, which starts from the result of the excerpt. */
    private static final int PASSES_OVER_ALL = 3;

    /** With more perceptrons, curvatures are computed on fewer rows, but on at least a tenth. */
    private static final int CURVED_PERCEPTRONS = 60;

    /** The approximate number of training rows that the costs along lines are estimated from. */
    private static final int LINE_ROWS = 1000;
    /** There is a line for each run, epoch and class. */
    private static final int MOST_LINES = 2000;
    /** The default sweep has this many runs. The lines of 33 runs took 14 s. */
    private static final int MOST_RUNS_WITH_LINES = 20;
    /** A feature is rarely active if fewer than one in this many examples has it different from zero. */
    private static final long RARE = 100;

    /** The numbers of images that the page trains on and tests with; fewer if together they have too many pixels. */
    private static final int TRAINING_IMAGES = 300;

    private static final int TEST_IMAGES = 200;
    private static final double MOST_PIXELS = 1e6;

    /**
     * What the examination found.
     *
     * @param images the images of the examples in the findings, by row, a byte for each pixel; empty without images
     * @param classMeans each class's mean training image, a byte for each pixel; empty without images
     * @param sample the images of the findings' sample; empty without one
     */
    record Found(Findings findings, Map<Long, byte[]> images, List<byte[]> classMeans, List<byte[]> sample) {}

    private final CachedBlocks data;
    private final CachedBlocks excerpt;
    private final GradientFunction gradient;
    private final GradientFunction gradientOfExcerpt;
    private final Curvature curvature;
    private final KernelChoice kernel;
    private final long mostRows;

    Examination(CachedBlocks data, KernelChoice kernel) {
        this(data, kernel, ROWS);
    }

    /** @param rows the most training rows of the excerpt, approximately */
    Examination(CachedBlocks data, KernelChoice kernel, long rows) {
        this.data = data;
        this.kernel = kernel;
        this.mostRows = rows;
        this.excerpt = data.excerpt(rows);
        this.gradient = new ClusterGradient(data.trainingAlone(), kernel);
        this.gradientOfExcerpt = isExcerpt() ? new ClusterGradient(excerpt.trainingAlone(), kernel) : gradient;
        this.curvature = new Curvature(gradientOfExcerpt, data.features(), data.classes(), data.largestValue());
    }

    StabilityBound stability() {
        double largest = curvature.largestEigenvalue();
        return new StabilityBound(isExcerpt() ? curvature.largestEigenvalueOf(gradient, PASSES_OVER_ALL) : largest);
    }

    @Override
    public void close() {
        excerpt.close();
    }

    private boolean isExcerpt() {
        return excerpt.rows(Split.TRAIN) < data.rows(Split.TRAIN);
    }

    /**
     * Examines the runs of a training, in the plan's order, with its film. Runs that leave out a fold have only
     * metrics, and are not examined.
     *
     * @param doubtful null without held-out scores
     */
    Found examine(Start start, List<TrainedRun> runs, Film film, Findings.Doubtful doubtful) {
        List<TrainedRun> onAllRows =
                runs.stream().filter(run -> run.run().isOnAllRows()).toList();
        List<TrainedRun> alive =
                onAllRows.stream().filter(run -> !run.diverged()).toList();
        StabilityBound bound = stability();
        // The film lacks the start and the end.
        int mostRuns = (int) Math.min(
                Math.min(MOST_RUNS_WITH_LINES, MOST_LINES / ((film.epochs().size() + 2L) * data.classes())),
                Film.MOST_BYTES / (Double.BYTES * (data.features() + 1L) * data.classes()));
        DescentLines lines = new DescentLines(
                (both, losses, rates) -> ClusterSteps.of(data, kernel, both, losses, rates, LINE_ROWS));
        long curvedRows;
        EpochTrack track;
        try (CachedBlocks fewer = fewerForCurvatures(alive.size())) {
            curvedRows = (fewer == null ? excerpt : fewer).rows(Split.TRAIN);
            GradientFunction ofCurved =
                    fewer == null ? gradientOfExcerpt : new ClusterGradient(fewer.trainingAlone(), kernel);
            track = new EpochTrack(ofCurved, gradient, curvature, lines, alive, mostRuns);
            if (!alive.isEmpty()) {
                if (start.isZeros()) {
                    track.addZeros(bound, start.model(data.classes(), data.features()));
                }
                follow(runs, alive, film, track);
            }
        }
        Split lookedAt = data.rows(Split.TEST) > 0 ? Split.TEST : Split.TRAIN;
        CachedBlocks tested = excerpt.rows(lookedAt) > 0 ? excerpt : data;
        Comparison comparison = alive.isEmpty()
                ? new Comparison(0, data.classes(), 0)
                : ClusterEvaluation.of(
                        tested,
                        lookedAt,
                        alive.stream().map(TrainedRun::model).toList(),
                        ExampleChoice.EXAMPLES_PER_CELL);
        List<Evaluation> shown = data.shape() == null ? List.of() : comparison.evaluations();
        ExampleChoice choice = new ExampleChoice(shown, data.features());
        List<Findings.OfRun> ofRuns = new ArrayList<>();
        for (TrainedRun run : onAllRows) {
            int index = alive.indexOf(run);
            Findings.Measured measured = index < 0
                    ? null
                    : Findings.Measured.of(
                            comparison.of(index), track.curvature(index), histogram(run), choice, track.lines(index));
            ofRuns.add(new Findings.OfRun(run.run().name(), run.ending(), measured));
        }
        List<ImageRow> trainingImages = images(excerpt, Split.TRAIN, choice, TRAINING_IMAGES);
        List<ImageRow> testImages = images(tested, Split.TEST, choice, TEST_IMAGES);
        Findings findings = new Findings(
                bound.largestEigenvalue(),
                data.summary(Split.TRAIN).rows(),
                data.summary(Split.VALIDATION).rows(),
                data.summary(Split.TEST).rows(),
                data.features() - data.summary(Split.TRAIN).activeFeatures().cardinality(),
                emptyClasses(),
                ofRuns,
                comparison.onlyFirstWrong(
                        onAllRows.stream().mapToInt(alive::indexOf).toArray()),
                choice.rows(),
                choice.labels(),
                curvedRows < data.rows(Split.TRAIN) ? curvedRows : null,
                lines.sampledRows() == 0 ? null : lines.sampledRows(),
                gradient.isWeighted() ? true : null,
                choice.rows().isEmpty() ? null : sample(trainingImages, testImages),
                doubtful);
        return new Found(
                findings,
                choice.rows().isEmpty()
                        ? Map.of()
                        : ClusterImages.images(tested, Split.TEST, choice.rows()).stream()
                                .collect(Collectors.toMap(ImageRow::row, ImageRow::pixels)),
                choice.rows().isEmpty() ? List.of() : ClusterImages.classMeans(excerpt),
                Stream.concat(trainingImages.stream(), testImages.stream())
                        .map(ImageRow::pixels)
                        .toList());
    }

    /** Fewer blocks for the curvatures of many runs; null if the excerpt has few enough. */
    private CachedBlocks fewerForCurvatures(int runs) {
        double share = Math.max(0.1, CURVED_PERCEPTRONS / Math.max(1, (double) runs * data.classes()));
        long rows = share < 1 ? (long) (share * mostRows) : mostRows;
        return rows < excerpt.rows(Split.TRAIN) ? data.excerpt(rows) : null;
    }

    /** About {@code most} images of a set, evenly spread; none if no images are shown. */
    private List<ImageRow> images(CachedBlocks blocks, Split set, ExampleChoice choice, int most) {
        double share = Math.min(1, MOST_PIXELS / ((TRAINING_IMAGES + TEST_IMAGES) * (double) data.features()));
        return choice.rows().isEmpty() ? List.of() : ClusterImages.images(blocks, set, (long) (most * share));
    }

    private Findings.Sample sample(List<ImageRow> training, List<ImageRow> test) {
        return new Findings.Sample(
                training.stream().map(ImageRow::row).toList(),
                training.stream().map(ImageRow::label).toList(),
                test.stream().map(ImageRow::row).toList(),
                test.stream().map(ImageRow::label).toList(),
                data.classWeights().areNone()
                        ? null
                        : IntStream.range(0, data.classes())
                                .mapToObj(data.classWeights()::of)
                                .toList());
    }

    private static void follow(List<TrainedRun> runs, List<TrainedRun> alive, Film film, EpochTrack track) {
        int last = alive.stream().mapToInt(run -> run.last().epoch()).max().orElseThrow();
        for (int epoch : film.epochs()) {
            if (epoch < last) {
                List<PerceptronModel> frame = film.frame(epoch);
                track.add(
                        epoch,
                        alive.stream().map(run -> frame.get(runs.indexOf(run))).toList());
            }
        }
        track.add(last, alive.stream().map(TrainedRun::model).toList());
    }

    private List<Integer> emptyClasses() {
        return IntStream.range(0, data.classes())
                .filter(c -> Arrays.stream(Split.values())
                        .allMatch(split -> data.summary(split).classCount(c) == 0))
                .boxed()
                .toList();
    }

    private WeightHistogram histogram(TrainedRun run) {
        DatasetSummary training = data.summary(Split.TRAIN);
        return WeightHistogram.of(
                run.model(), training.activeFeatures(), training.activeInAtLeast((training.rows() + RARE - 1) / RARE));
    }
}
