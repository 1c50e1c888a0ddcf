package io.sparkperceptron.analysis;

import io.sparkperceptron.analysis.Verdict.Kind;
import io.sparkperceptron.training.BestError;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.StepRule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Judges the runs of a sweep by their curves. J_t is the training cost plus the penalty, e_t the error by which runs
 * are chosen, T the last epoch, g_t the norm of the gradient. The verdict is the first of these that holds:
 *
 * <pre>
 *   diverged          J_T or the weights are not finite
 *   saturated         the loss is mse, at T at least one perceptron is stuck, J_T stands still and g_T is below g_0 /
 *                     100; stuck: it says no to more than half of its class, with a derivative s (1 - s) of less than
 *                     a hundredth of the largest, 1/4
 *   partly saturated  the same, but J_T is still falling or g_T is larger
 *   oscillating       in more than a tenth of the epochs after T/2, J_t rose: it is more than a millionth above J_(t-1)
 *   too slow          the run had all its epochs, J_T is still falling (by more than a thousandth over the last tenth
 *                     of the epochs), and e_T is more than 4/3 of the lowest e_T of the runs that have not diverged
 *   steady            none of these
 * </pre>
 *
 * <p>A run of L-BFGS never oscillates: a perceptron that rejects its step returns to its best weights. For such a run,
 * "J_t rose" means that J_t is more than a millionth above the lowest so far, and "J_T is still falling" means that the
 * lowest so far is falling. A run with weights of rows or classes never oscillates either: it descends on the weighted
 * cost, which is not measured, and J_t may rise while the weighted cost falls.
 *
 * <p>The verdict names the first epoch that shows it. Diverged: T. Saturated, also partly: the first epoch with g_t
 * below g_0 / 100, or T. Oscillating: the first epoch in which J_t rose. Too slow: the first epoch from which on e_t is
 * more than 4/3 of the best run's. Steady: the epoch after the last in which J_t rose, or 0.
 */
public final class Judge {

    private static final double MOST_RISES = 0.1;
    private static final double FAR = 4.0 / 3;
    private static final double VANISHED = 0.01;
    /** An error that settles only after this fraction of the epochs counts as not settled. */
    private static final double SETTLED = 0.8;

    private final Optional<RunHistory> best;
    private final long choosingRows;
    private final boolean weighted;

    /**
     * Judges these runs against each other.
     *
     * @param choosingRows the number of rows of the set by which runs are chosen, for {@link #margin}
     * @param weighted whether rows or classes have weights, which J_t excludes
     */
    public Judge(List<RunHistory> runs, long choosingRows, boolean weighted) {
        this.best = runs.stream()
                .filter(run -> !run.diverged())
                .min(Comparator.comparingDouble(RunHistory::lastChoosingError));
        this.choosingRows = choosingRows;
        this.weighted = weighted;
    }

    /** The run with the lowest error at its end; empty if all runs have diverged. */
    public Optional<RunHistory> best() {
        return best;
    }

    public Verdict verdict(RunHistory run) {
        int last = run.lastEpoch();
        if (run.diverged()) {
            return new Verdict(Kind.DIVERGED, last, "At epoch " + last + " its costs or weights were past all bounds.");
        }
        if (hasStuckUnits(run)) {
            return saturated(run);
        }
        int[] risen = run.risen();
        long rises = Arrays.stream(risen).filter(epoch -> epoch > last / 2).count();
        if (!weighted && !run.run().isByLbfgs() && rises > MOST_RISES * (last - last / 2)) {
            return new Verdict(Kind.OSCILLATING, risen[0], overshooting(run, rises, last - last / 2));
        }
        if (isTooSlow(run)) {
            return tooSlow(run);
        }
        int lastRise = risen.length == 0 ? 0 : risen[risen.length - 1];
        return new Verdict(
                Kind.STEADY, lastRise == 0 ? 0 : Math.min(last, lastRise + 1), steady(run, risen.length, lastRise));
    }

    private static Verdict saturated(RunHistory run) {
        boolean standsStill = !run.isStillFalling() && hasVanished(run, run.lastEpoch());
        return new Verdict(
                standsStill ? Kind.SATURATED : Kind.PARTLY_SATURATED,
                first(run, epoch -> hasVanished(run, epoch)),
                "Perceptrons that say no to most of their class with a derivative s (1 - s) near 0: " + run.stuckUnits()
                        + ". Over the last tenth of the epochs the " + objective(run)
                        + (run.lastFall() < 0 ? " rose by " : " fell by ") + percent(Math.abs(run.lastFall()), 1)
                        + ".");
    }

    private static String overshooting(RunHistory run, long rises, int epochs) {
        boolean hasMomentum = StepRule.of(run.run().setting()) == StepRule.HEAVY_BALL;
        return (epochs == 1 ? "In the last epoch" : "In " + rises + " of the last " + epochs + " epochs") + " the "
                + objective(run) + " rose: the steps" + (hasMomentum ? " or the momentum" : "") + " overshoot.";
    }

    private String steady(RunHistory run, int rises, int lastRise) {
        if (rises == 0) {
            return "The " + objective(run) + " never rose.";
        }
        String of = run.lastEpoch() + (run.lastEpoch() == 1 ? " epoch" : " epochs");
        if (run.run().isByLbfgs()) {
            return "In " + rises + " of " + of + " the " + objective(run) + " was above its least so far.";
        }
        return weighted
                ? "The run descends on a cost with weights. Without them, the " + objective(run) + " rose in " + rises
                        + " of " + of + "."
                : "The " + objective(run) + " has not risen since epoch " + lastRise + ".";
    }

    private static String objective(RunHistory run) {
        return run.run().setting().l2() > 0 ? "training cost plus penalty" : "training cost";
    }

    /** The standard error of the run's lowest error: over the folds if there are any, otherwise binomial. */
    public double margin(RunHistory run) {
        if (run.folds().count() > 0) {
            return run.folds().standardError(run.best().epoch());
        }
        double error = run.best().error();
        return choosingRows == 0 ? 0 : Math.sqrt(error * (1 - error) / choosingRows);
    }

    /**
     * The first epoch from which on the run's error stays within one standard error of its lowest (the
     * one-standard-error rule: L. Breiman and others, "Classification and Regression Trees", 1984). An error that still
     * falls settles later if there are more epochs. Empty if the error has not stayed there for the last fifth of the
     * epochs, or if the run has diverged, has stuck perceptrons or is too slow.
     */
    public Optional<Integer> settledEpoch(RunHistory run) {
        if (run.diverged() || hasStuckUnits(run) || isTooSlow(run)) {
            return Optional.empty();
        }
        BestError best = run.best();
        double most = best.error() + margin(run);
        if (!(run.lastChoosingError() <= most)) {
            return Optional.empty();
        }
        int epoch = firstOfFinalStretch(run, t -> run.choosingError(t) <= most);
        return epoch > SETTLED * run.lastEpoch() ? Optional.empty() : Optional.of(epoch);
    }

    /** The last doubling of the epochs. It has a trend only for a run by descent that is steady or too slow. */
    public Optional<Doubling> doubling(RunHistory run) {
        Kind kind = verdict(run).kind();
        boolean hasTrend = !run.run().isByLbfgs() && (kind == Kind.STEADY || kind == Kind.TOO_SLOW);
        return run.diverged() ? Optional.empty() : Doubling.of(run, choosingRows, hasTrend);
    }

    private static boolean hasStuckUnits(RunHistory run) {
        return run.run().loss().saturates() && run.stuckUnits() > 0;
    }

    private boolean isTooSlow(RunHistory run) {
        return run.ending() == Ending.EPOCHS
                && run.isStillFalling()
                && best.isPresent()
                && run.lastChoosingError() > FAR * best.get().lastChoosingError();
    }

    private Verdict tooSlow(RunHistory run) {
        RunHistory other = best.orElseThrow();
        int from = firstOfFinalStretch(
                run, t -> run.choosingError(t) > FAR * other.choosingError(Math.min(t, other.lastChoosingEpoch())));
        int sooner = first(other, epoch -> !(other.choosingError(epoch) > run.lastChoosingError()));
        return new Verdict(
                Kind.TOO_SLOW,
                from,
                "Its cost is still falling; " + other.run().name() + " had reached this error, "
                        + percent(run.lastChoosingError(), 2) + ", by epoch " + sooner + "." + behindItsBest(run));
    }

    private String behindItsBest(RunHistory run) {
        BestError best = run.best();
        return best.error() + margin(run) < run.lastChoosingError()
                ? " Its lowest error, " + percent(best.error(), 2) + ", was at epoch " + best.epoch()
                        + ": since then the error has risen."
                : "";
    }

    private static String percent(double fraction, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f %%", 100 * fraction);
    }

    private static boolean hasVanished(RunHistory run, int epoch) {
        double norm = run.epochs().get(0).gradientNorm();
        return !(run.epochs().get(epoch).gradientNorm() >= VANISHED * norm);
    }

    /** The first epoch that meets the condition, or the last epoch. */
    private static int first(RunHistory run, IntPredicate condition) {
        return IntStream.range(0, run.lastEpoch()).filter(condition).findFirst().orElse(run.lastEpoch());
    }

    /** The first epoch from which on all epochs meet the condition; the last epoch if it does not meet it. */
    private static int firstOfFinalStretch(RunHistory run, IntPredicate condition) {
        int epoch = run.lastEpoch();
        while (epoch > 0 && condition.test(epoch) && condition.test(epoch - 1)) {
            epoch--;
        }
        return epoch;
    }
}
