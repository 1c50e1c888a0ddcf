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

/**
 * The curvature of runs that were trained together, from epoch to epoch, and their lines down. Where there are very many runs, some of
 * them have lines, evenly chosen.
 */
public final class EpochTrack {

    /** Iterations of the power method at the first weights looked at, and at later ones, where it begins with what it had. */
    private static final int FIRST_ITERATIONS = 6;

    private static final int MOST_ITERATIONS = 4;

    private final Curvature curvature;
    private final DescentLines lines;
    private final List<TrainedRun> runs;
    private final List<Objective> objectives;
    private final List<List<CurvaturePoint>> points = new ArrayList<>();
    /** The lines of runs that have some, by their places. */
    private final Map<Integer, List<DescentLine>> linesDown = new HashMap<>();

    private int iterations = FIRST_ITERATIONS;

    /**
     * Nothing looked at yet.
     *
     * @param runs that have not diverged
     * @param most runs with lines
     */
    public EpochTrack(Curvature curvature, DescentLines lines, List<TrainedRun> runs, int most) {
        this.curvature = curvature;
        this.lines = lines;
        this.runs = List.copyOf(runs);
        this.objectives = runs.stream().map(run -> run.run().objective()).toList();
        runs.forEach(run -> points.add(new ArrayList<>()));
        int followed = Math.min(most, runs.size());
        for (int i = 0; i < followed; i++) {
            linesDown.put((int) ((long) i * runs.size() / followed), new ArrayList<>());
        }
    }

    /** Takes note of the weights before the first epoch, if all are zero. Modified: this. */
    public void addZeros(StabilityBound bound, PerceptronModel zeros) {
        for (int i = 0; i < runs.size(); i++) {
            add(i, 0, new Estimate(bound.curvatureAtZero(objectives.get(i).loss()), 0), zeros);
        }
    }

    /**
     * Looks at the weights of all runs after {@code epoch} updates: a few passes over the data. Of a run that ended before, the
     * first look after that is its last. Modified: this.
     *
     * @param models one for each run
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

    /** The curvature of the run at that place, ascending in epochs. */
    public List<CurvaturePoint> curvature(int run) {
        return List.copyOf(points.get(run));
    }

    /** The lines of the run at that place, ascending in epochs, and there in classes; none of a run that is not followed. */
    public List<DescentLine> lines(int run) {
        return List.copyOf(linesDown.getOrDefault(run, List.of()));
    }
}
