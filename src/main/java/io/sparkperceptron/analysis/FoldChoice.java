package io.sparkperceptron.analysis;

import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.training.BestError;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The setting and the number of epochs that the folds choose. With m_t the mean error of a setting over its folds after t updates, s_t its
 * standard error, and t* the first epoch with the setting's least mean: the setting is that with the least m_(t*), the first of several;
 * of its epochs the choice is the first from which on, up to t*, m_t is at most m_(t*) + s_(t*) (the one-standard-error rule: L. Breiman
 * and others, "Classification and Regression Trees", 1984). The test set has no part in it.
 *
 * @param run of the setting, on all training rows
 * @param best m_(t*) and t*
 * @param margin s_(t*)
 * @param epoch the number of epochs
 */
public record FoldChoice(RunHistory run, BestError best, double margin, int epoch) {

    /**
     * What is chosen.
     *
     * @param runs on all training rows
     * @return none if there are no folds, or no setting that has diverged neither on all rows nor, from its start, on some of them
     */
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

    /** On the test set, of the weights that all training rows gave after that many epochs, or the run's last if it had left by then. */
    public SetMetrics test() {
        return run.epochs().get(Math.min(epoch, run.lastEpoch())).test();
    }
}
