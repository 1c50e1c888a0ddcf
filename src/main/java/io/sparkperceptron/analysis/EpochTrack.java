package io.sparkperceptron.analysis;

import io.sparkperceptron.analysis.Curvature.Estimate;
import io.sparkperceptron.analysis.Findings.CurvaturePoint;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.TrainedRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The curvature of runs that were trained together, from epoch to epoch, and the {@link DescentLine}s of those that
 * have a learning rate. If there are very many of these, only an evenly spread part of them has lines.
 */
public final class EpochTrack {

    /** Most iterations of the power method: at first, and later, when it starts from the last directions. */
    private static final int FIRST_ITERATIONS = 6;

    private static final int MOST_ITERATIONS = 4;

    private final Curvature curvature;
    private final DescentLines lines;
    private final List<TrainedRun> runs;
    private final List<Objective> objectives;
    private final List<List<CurvaturePoint>> points = new ArrayList<>();
    /** The lines by the index of the run, for runs that have lines. */
    private final Map<Integer, List<DescentLine>> linesDown = new HashMap<>();

    private int iterations = FIRST_ITERATIONS;

    /** Tracks runs that have not diverged, and the lines of at most {@code most} of them. */
    public EpochTrack(Curvature curvature, DescentLines lines, List<TrainedRun> runs, int most) {
        this.curvature = curvature;
        this.lines = lines;
        this.runs = List.copyOf(runs);
        this.objectives = runs.stream().map(run -> run.run().objective()).toList();
        runs.forEach(run -> points.add(new ArrayList<>()));
        List<Integer> withRate = IntStream.range(0, runs.size())
                .filter(run -> !runs.get(run).run().isByLbfgs())
                .boxed()
                .toList();
        int followed = Math.min(most, withRate.size());
        for (int i = 0; i < followed; i++) {
            linesDown.put(withRate.get((int) ((long) i * withRate.size() / followed)), new ArrayList<>());
        }
    }

    /** Adds the start, whose weights are all zero. Modified: this. */
    public void addZeros(StabilityBound bound, PerceptronModel zeros) {
        for (int i = 0; i < runs.size(); i++) {
            add(i, 0, new Estimate(bound.curvatureAtZero(objectives.get(i).loss()), 0), zeros);
        }
    }

    /**
     * Adds all runs' weights after {@code epoch} updates, with a few passes over the data. For a run that has ended,
     * only the first call after its end adds anything. Modified: this.
     */
    public void add(int epoch, List<PerceptronModel> models) {
        List<Estimate> estimates = curvature.largest(Weights.of(models), objectives, 1, iterations);
        iterations = MOST_ITERATIONS;
        for (int i = 0; i < runs.size(); i++) {
            add(i, Math.min(epoch, runs.get(i).last().epoch()), estimates.get(i), models.get(i));
        }
    }

    private void add(int run, int epoch, Estimate estimate, PerceptronModel model) {
        List<CurvaturePoint> ofRun = points.get(run);
        if (!ofRun.isEmpty() && ofRun.get(ofRun.size() - 1).epoch() >= epoch) {
            return;
        }
        ofRun.add(new CurvaturePoint(epoch, estimate.eigenvalue(), estimate.residual()));
        if (linesDown.containsKey(run)) {
            linesDown.get(run).addAll(lines.of(epoch, model, runs.get(run).run().setting()));
        }
    }

    /** The curvature of run {@code run}, in ascending epochs. */
    public List<CurvaturePoint> curvature(int run) {
        return List.copyOf(points.get(run));
    }

    /** The lines of run {@code run}, in ascending epochs and then classes; empty for a run without lines. */
    public List<DescentLine> lines(int run) {
        return List.copyOf(linesDown.getOrDefault(run, List.of()));
    }
}
