package io.sparkperceptron.analysis;

import io.sparkperceptron.analysis.Curvature.Estimate;
import io.sparkperceptron.analysis.Findings.CurvaturePoint;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.TrainedRun;
import java.util.ArrayList;
import java.util.List;

/** How the curvature of runs that were trained together went, from epoch to epoch. */
public final class CurvatureTrack {

    /** Iterations of the power method at the first weights looked at, and at later ones, where it begins with what it had. */
    private static final int FIRST_ITERATIONS = 6;

    private static final int MOST_ITERATIONS = 4;

    private final Curvature curvature;
    private final List<TrainedRun> runs;
    private final List<Objective> objectives;
    private final List<List<CurvaturePoint>> points = new ArrayList<>();
    private int iterations = FIRST_ITERATIONS;

    /**
     * Nothing looked at yet.
     *
     * @param runs that have not diverged
     */
    public CurvatureTrack(Curvature curvature, List<TrainedRun> runs) {
        this.curvature = curvature;
        this.runs = List.copyOf(runs);
        this.objectives = runs.stream().map(run -> run.run().objective()).toList();
        runs.forEach(run -> points.add(new ArrayList<>()));
    }

    /** Takes note of the weights before the first epoch, if all are zero. Modified: this. */
    public void addZeros(StabilityBound bound) {
        for (int i = 0; i < runs.size(); i++) {
            points.get(i)
                    .add(new CurvaturePoint(
                            0, bound.curvatureAtZero(objectives.get(i).loss()), 0.0));
        }
    }

    /**
     * Looks at the weights of all runs after {@code epoch} updates: a few passes over the data. Of a run that ended before, the
     * first look after that is its last point. Modified: this.
     *
     * @param models one for each run
     */
    public void add(int epoch, List<PerceptronModel> models) {
        List<Estimate> estimates = curvature.largest(Weights.of(models), objectives, 1, iterations);
        iterations = MOST_ITERATIONS;
        for (int i = 0; i < estimates.size(); i++) {
            int at = Math.min(epoch, runs.get(i).last().epoch());
            List<CurvaturePoint> ofRun = points.get(i);
            if (ofRun.isEmpty() || ofRun.get(ofRun.size() - 1).epoch() < at) {
                Estimate estimate = estimates.get(i);
                ofRun.add(new CurvaturePoint(at, estimate.eigenvalue(), estimate.residual()));
            }
        }
    }

    /** The points of one of the runs, ascending in epochs. */
    public List<CurvaturePoint> of(TrainedRun run) {
        return List.copyOf(points.get(runs.indexOf(run)));
    }
}
