package io.sparkperceptron.training;

import io.sparkperceptron.model.Hyperparameter;
import java.util.Arrays;
import java.util.List;

/**
 * How a step follows from gradients g, the penalty included: w' = w - learningRate u. The rule makes the direction u of
 * g, column by column, so that no run's bits depend on another's.
 */
public enum StepRule {
    /** u = g. */
    DESCENT(null),
    /**
     * u' = momentum u + g with u = 0 at the start, -1/learningRate times the velocity (B. Polyak, "Some methods of
     * speeding up the convergence of iteration methods", 1964). A constant g leads to u = g / (1 - momentum).
     */
    HEAVY_BALL(Hyperparameter.MOMENTUM, "velocity") {
        @Override
        public double bound(Setting setting) {
            return 2 * (1 + setting.value(Hyperparameter.MOMENTUM));
        }

        @Override
        double laterRate(Setting setting) {
            return 2 * setting.learningRate() / (1 - setting.value(Hyperparameter.MOMENTUM));
        }

        @Override
        void turn(int row, double[] gradient, double[] momenta, double[][] kept, double[][] next) {
            double[] last = kept[0];
            double[] direction = next[0];
            for (int p = 0; p < gradient.length; p++) {
                gradient[p] = Math.fma(momenta[p], last[row + p], gradient[p]);
                direction[row + p] = gradient[p];
            }
        }
    };

    // A record of numbers and texts, and a list that cannot change.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Hyperparameter own;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> kept;

    StepRule(Hyperparameter own, String... kept) {
        this.own = own;
        this.kept = List.of(kept);
    }

    /** The rule of a setting. */
    public static StepRule of(Setting setting) {
        return setting.value(Hyperparameter.MOMENTUM) > 0 ? HEAVY_BALL : DESCENT;
    }

    /**
     * The names of what it keeps from one step to the next: matrices laid out as the weights, of all runs that are
     * trained. Checkpoints have a file for each.
     */
    public List<String> kept() {
        return kept;
    }

    /** What the rules of some runs keep. */
    public static List<String> kept(List<Run> runs) {
        return Arrays.stream(values())
                .filter(rule -> runs.stream().anyMatch(run -> of(run.setting()) == rule))
                .flatMap(rule -> rule.kept.stream())
                .toList();
    }

    /** The value of its own hyperparameter; 0 for a setting of another rule. */
    double own(Setting setting) {
        return of(setting) == this && own != null ? setting.value(own) : 0;
    }

    /** The product of rate and curvature below which it comes to rest wherever the cost is quadratic. */
    public double bound(Setting setting) {
        return 2;
    }

    /** Twice the rate that a constant gradient comes to in the end, for rounding; 0 if that is the rate itself. */
    double laterRate(Setting setting) {
        return 0;
    }

    /**
     * Turns the gradient of one feature into the direction of the step. Modified: gradient, next.
     *
     * @param row where the feature's entries begin in {@code kept} and {@code next}, which are in the order of
     *     {@link #kept()}
     * @param own see {@link #own(Setting)}, for each column; where it is 0, the gradient has to stay
     */
    void turn(int row, double[] gradient, double[] own, double[][] kept, double[][] next) {}
}
