package io.sparkperceptron.session;

import io.sparkperceptron.analysis.Comparison;
import io.sparkperceptron.analysis.Curvature;
import io.sparkperceptron.analysis.CurvatureTrack;
import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.analysis.ExampleChoice;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterEvaluation;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.data.DatasetSummary;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.results.FilmFiles;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.TrainedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks at trained runs with their data at hand. What it costs: curvature takes some forty passes, but over at most
 * {@value #SAMPLE_ROWS} training rows, whatever their number; where there are more, {@value #PASSES_OVER_ALL} passes over all of them
 * make the eigenvalue that of all; and two jobs look at the test set.
 */
final class Examination {

    /** MNIST's, all of which were always looked at. */
    private static final long SAMPLE_ROWS = 60_000;
    /** Of these all but the first are steps of the power method, which the sample has begun. */
    private static final int PASSES_OVER_ALL = 4;

    /** A feature is rarely active if it is different from zero in less than one of so many examples. */
    private static final long RARE = 100;

    /**
     * What was found.
     *
     * @param images of the examples in the findings, by row, a byte for each pixel; empty if the features are none
     */
    record Found(Findings findings, Map<Long, byte[]> images) {}

    private final CachedBlocks data;
    private final CachedBlocks sample;
    private final KernelChoice kernel;
    private final Curvature curvature;

    Examination(CachedBlocks data, KernelChoice kernel) {
        this(data, kernel, SAMPLE_ROWS);
    }

    /** With at most so many rows, about, to find curvatures with. */
    Examination(CachedBlocks data, KernelChoice kernel, long sampleRows) {
        this.data = data;
        this.sample = data.trainingSample(sampleRows);
        this.kernel = kernel;
        this.curvature = new Curvature(new ClusterGradient(sample, kernel), data.features(), data.largestValue());
    }

    /** Up to which rate no step can raise the training cost. */
    StabilityBound stability() {
        double largest = curvature.largestEigenvalue(data.features(), data.classes());
        return new StabilityBound(
                isSampled()
                        ? curvature.largestEigenvalueOf(
                                new ClusterGradient(data.trainingSample(Long.MAX_VALUE), kernel), PASSES_OVER_ALL)
                        : largest);
    }

    private boolean isSampled() {
        return sample.rows(Split.TRAIN) < data.rows(Split.TRAIN);
    }

    /**
     * Looks at runs that were trained together; of those that leave a fold out, their metrics say it all.
     *
     * @param start of all runs
     * @param runs in the plan's order
     * @param film of the same training
     */
    Found look(Start start, List<TrainedRun> runs, FilmFiles film) {
        List<TrainedRun> onAllRows =
                runs.stream().filter(run -> run.run().isOnAllRows()).toList();
        List<TrainedRun> alive =
                onAllRows.stream().filter(run -> !run.diverged()).toList();
        StabilityBound bound = stability();
        CurvatureTrack track = new CurvatureTrack(curvature, alive);
        if (start.sigma() == 0) {
            track.addZeros(bound);
        }
        if (!alive.isEmpty()) {
            follow(runs, alive, film, track);
        }
        Comparison comparison = alive.isEmpty()
                ? new Comparison(0, data.classes(), 0)
                : ClusterEvaluation.ofTestSet(
                        data, alive.stream().map(TrainedRun::model).toList(), ExampleChoice.EXAMPLES_PER_CELL);
        List<Evaluation> shown = data.shape() == null ? List.of() : comparison.evaluations();
        ExampleChoice choice = new ExampleChoice(shown, data.features());
        List<Findings.OfRun> ofRuns = new ArrayList<>();
        for (TrainedRun run : onAllRows) {
            int index = alive.indexOf(run);
            Findings.Measured measured = index < 0
                    ? null
                    : Findings.Measured.of(comparison.of(index), track.of(run), histogram(run), choice);
            ofRuns.add(new Findings.OfRun(run.run().name(), run.ending(), measured));
        }
        Findings findings = new Findings(
                bound.largestEigenvalue(),
                data.summary(Split.TRAIN).rows(),
                data.summary(Split.VALIDATION).rows(),
                data.summary(Split.TEST).rows(),
                data.features() - data.summary(Split.TRAIN).activeFeatures().cardinality(),
                ofRuns,
                comparison.onlyFirstWrong(
                        onAllRows.stream().mapToInt(alive::indexOf).toArray()),
                choice.rows(),
                choice.labels(),
                isSampled() ? sample.rows(Split.TRAIN) : null);
        return new Found(
                findings, choice.rows().isEmpty() ? Map.of() : ClusterEvaluation.testImages(data, choice.rows()));
    }

    /** Modified: track. */
    private static void follow(List<TrainedRun> runs, List<TrainedRun> alive, FilmFiles film, CurvatureTrack track) {
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

    private WeightHistogram histogram(TrainedRun run) {
        DatasetSummary training = data.summary(Split.TRAIN);
        return WeightHistogram.of(
                run.model(), training.activeFeatures(), training.activeInAtLeast((training.rows() + RARE - 1) / RARE));
    }
}
