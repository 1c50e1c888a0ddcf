package io.sparkperceptron.analysis;

import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.training.BestError;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The setting and the number of epochs that the folds choose. For each setting, m_t is the mean error over its folds
 * after t updates, s_t is the standard error of m_t, and t* is the first epoch with the lowest mean. The chosen setting
 * is the first with the lowest m_(t*). The chosen epoch is the first such that m_t is at most m_(t*) + s_(t*) from this
 * epoch up to t* (the one-standard-error rule: L. Breiman and others, "Classification and Regression Trees", 1984). The
 * choice does not use the test set.
 *
 * @param run the run of the setting on all training rows
 * @param best m_(t*) and t*
 * @param margin s_(t*)
 * @param epoch the chosen number of epochs
 */
public record FoldChoice(RunHistory run, BestError best, double margin, int epoch) {

    /** The choice; empty without folds, or if every run diverged on all rows or had a fold that diverged at epoch 0. */
    public static Optional<FoldChoice> of(List<RunHistory> runs) {
        return runs.stream()
                .filter(run -> run.folds().count() > 0
                        && !run.diverged()
                        && Double.isFinite(run.best().error()))
                .min(Comparator.comparingDouble(run -> run.best().error()))
                .map(FoldChoice::of);
    }

    private static FoldChoice of(RunHistory run) {
        BestError best = run.best();
        double margin = run.folds().standardError(best.epoch());
        int epoch = best.epoch();
        while (epoch > 0 && run.choosingError(epoch - 1) <= best.error() + margin) {
            epoch--;
        }
        return new FoldChoice(run, best, margin, epoch);
    }

    /** The test metrics after the chosen number of epochs, or at the end of the run if that came before. */
    public SetMetrics test() {
        return run.epochs().get(Math.min(epoch, run.lastEpoch())).test();
    }
}
