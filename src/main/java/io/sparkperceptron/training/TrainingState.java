package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import java.util.Collections;
import java.util.List;

/**
 * A training before it measures an epoch: everything needed to continue with the same bits.
 *
 * @param epoch to be measured next, which is the number of updates so far
 * @param runs still trained, in the plan's order
 * @param weights of these runs: not a copy, and never written to
 * @param kept the state of the runs' rules
 * @param best the lowest error of each of these runs so far
 * @param ended runs that ended before this epoch
 */
public record TrainingState(
        int epoch, List<Run> runs, Weights weights, Kept kept, List<BestError> best, List<TrainedRun> ended) {

    public TrainingState {
        runs = List.copyOf(runs);
        best = List.copyOf(best);
        ended = List.copyOf(ended);
        if (epoch < 0) {
            throw new IllegalArgumentException("expected an epoch of at least 0, got " + epoch);
        }
        if (!runs.isEmpty() && (runs.size() != weights.runs() || runs.size() != best.size())) {
            throw new IllegalArgumentException("expected weights and best errors of " + runs.size() + " runs, got "
                    + weights.runs() + " and " + best.size());
        }
        for (String name : StepRule.kept(runs)) {
            Weights matrix = kept.matrices().get(name);
            if (matrix == null || matrix.runs() != runs.size()) {
                throw new IllegalArgumentException("expected a " + name + " of " + runs.size() + " runs, got "
                        + (matrix == null ? "none" : matrix.runs()));
            }
        }
    }

    /** A copy of the weights of a run, trained or ended. */
    public PerceptronModel model(Run run) {
        int column = runs.indexOf(run);
        return column >= 0 ? weights.run(column) : ended(run).model();
    }

    /** The weights that a run would keep if it ended before this epoch. */
    public PerceptronModel kept(Run run) {
        int column = runs.indexOf(run);
        if (column < 0) {
            return ended(run).kept();
        }
        PerceptronModel found = best.get(column).weights();
        return found == null ? weights.run(column) : found;
    }

    private TrainedRun ended(Run run) {
        return ended.stream()
                .filter(other -> other.run().equals(run))
                .findFirst()
                .orElseThrow();
    }

    public static TrainingState start(TrainingPlan plan, int features, int classes) {
        List<Run> runs = plan.runs();
        Weights weights =
                Weights.of(Collections.nCopies(runs.size(), plan.start().model(classes, features)));
        List<BestError> best = Collections.nCopies(runs.size(), BestError.NONE);
        return new TrainingState(0, runs, weights, Kept.start(runs, weights), best, List.of());
    }
}
