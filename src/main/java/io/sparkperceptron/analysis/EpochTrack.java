package io.sparkperceptron.analysis;

import io.sparkperceptron.analysis.Curvature.Estimate;
import io.sparkperceptron.analysis.Findings.CurvaturePoint;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.GradientFunction;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.TrainedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The curvature of runs that were trained together, from epoch to epoch, and the {@link DescentLine}s of runs with a
 * learning rate. If there are very many such runs, only an evenly spread part of them has lines.
 */
public final class EpochTrack {

    /** The most iterations of the power method: at first, and later, when it starts from the previous directions. */
    private static final int FIRST_ITERATIONS = 6;

    private static final int MOST_ITERATIONS = 4;

    private final GradientFunction curved;
    private final GradientFunction whole;
    private final Curvature curvature;
    private final DescentLines lines;
    private final List<TrainedRun> runs;
    private final List<Objective> objectives;
    private final List<List<CurvaturePoint>> points = new ArrayList<>();
    /** The lines by the index of the run, for runs that have lines. */
    private final Map<Integer, List<DescentLine>> linesByRun = new HashMap<>();

    private int iterations = FIRST_ITERATIONS;

    /**
     * Tracks runs that have not diverged, with lines for at most {@code most} of them.
     *
     * @param curved passes over the rows for the curvature
     * @param whole passes over all training rows; the same object as {@code curved} if that uses all rows
     */
    public EpochTrack(
            GradientFunction curved,
            GradientFunction whole,
            Curvature curvature,
            DescentLines lines,
            List<TrainedRun> runs,
            int most) {
        this.curved = curved;
        this.whole = whole;
        this.curvature = curvature;
        this.lines = lines;
        this.runs = List.copyOf(runs);
        this.objectives = runs.stream().map(run -> run.run().objective()).toList();
        runs.forEach(run -> points.add(new ArrayList<>()));
        int[] withRate = IntStream.range(0, runs.size())
                .filter(run -> !runs.get(run).run().isByLbfgs())
                .toArray();
        int followed = Math.min(most, withRate.length);
        for (int i = 0; i < followed; i++) {
            linesByRun.put(withRate[(int) ((long) i * withRate.length / followed)], new ArrayList<>());
        }
    }

    /** Adds a start with all-zero weights. Modified: this. */
    public void addZeros(StabilityBound bound, PerceptronModel zeros) {
        List<Estimate> estimates = objectives.stream()
                .map(objective -> new Estimate(bound.curvatureAtZero(objective.loss()), 0))
                .toList();
        add(0, Weights.of(Collections.nCopies(runs.size(), zeros)), estimates, null);
    }

    /**
     * Adds all runs' weights after {@code epoch} updates, with a few passes over the data. For a run that has ended,
     * only the first call after its end adds anything. Modified: this.
     */
    public void add(int epoch, List<PerceptronModel> models) {
        Weights weights = Weights.of(models);
        double[] base = curved.at(weights, objectives).meanGradient();
        List<Estimate> estimates = curvature.largest(curved, weights, objectives, base, 1, iterations);
        iterations = MOST_ITERATIONS;
        add(epoch, weights, estimates, whole == curved ? base : null);
    }

    /** @param gradient of all training rows, without the penalty; null if another pass must compute it */
    private void add(int epoch, Weights weights, List<Estimate> estimates, double[] gradient) {
        int[] fresh = IntStream.range(0, runs.size())
                .filter(run -> points.get(run).stream().allMatch(point -> point.epoch() < epochOf(run, epoch)))
                .toArray();
        for (int run : fresh) {
            Estimate estimate = estimates.get(run);
            points.get(run).add(new CurvaturePoint(epochOf(run, epoch), estimate.eigenvalue(), estimate.residual()));
        }
        int[] followed = Arrays.stream(fresh).filter(linesByRun::containsKey).toArray();
        if (followed.length > 0) {
            List<Run> theirs =
                    Arrays.stream(followed).mapToObj(run -> runs.get(run).run()).toList();
            Weights ofFollowed = weights.keepRuns(followed);
            List<Objective> objectivesOfFollowed =
                    theirs.stream().map(Run::objective).toList();
            Weights gradients = gradient == null
                    ? withShapeOf(
                            ofFollowed,
                            whole.at(ofFollowed, objectivesOfFollowed).meanGradient())
                    : withShapeOf(weights, gradient).keepRuns(followed);
            List<List<DescentLine>> added = lines.of(
                    Arrays.stream(followed).map(run -> epochOf(run, epoch)).toArray(),
                    ofFollowed,
                    gradients,
                    theirs.stream().map(Run::setting).toList());
            for (int i = 0; i < followed.length; i++) {
                linesByRun.get(followed[i]).addAll(added.get(i));
            }
        }
    }

    private static Weights withShapeOf(Weights weights, double[] values) {
        Weights copy = new Weights(weights.features(), weights.classes(), weights.runs());
        System.arraycopy(values, 0, copy.values(), 0, values.length);
        return copy;
    }

    private int epochOf(int run, int epoch) {
        return Math.min(epoch, runs.get(run).last().epoch());
    }

    /** The curvature of run {@code run}, in ascending epochs. */
    public List<CurvaturePoint> curvature(int run) {
        return List.copyOf(points.get(run));
    }

    /** The lines of run {@code run}, in ascending epochs and then classes; empty for a run without lines. */
    public List<DescentLine> lines(int run) {
        return List.copyOf(linesByRun.getOrDefault(run, List.of()));
    }
}
