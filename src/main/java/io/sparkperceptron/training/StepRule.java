package io.sparkperceptron.training;

import io.sparkperceptron.model.Hyperparameter;
import java.util.Arrays;
import java.util.List;

/**
 * How a step w' = w - learningRate u follows from gradients g, which include the penalty. The rule computes the
 * direction u from g column by column, so no run's bits depend on another run.
 */
public enum StepRule {
    /** u = g. */
    DESCENT(null),
    /**
     * u' = momentum u + g, with u = 0 at the start. This u is the velocity of the heavy-ball method times
     * -1/learningRate (B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964). A constant
     * g leads to u = g / (1 - momentum).
     */
    HEAVY_BALL(Hyperparameter.MOMENTUM, "velocity") {
        @Override
        double laterRate(Setting setting) {
            return 2 * setting.learningRate() / (1 - setting.value(Hyperparameter.MOMENTUM));
        }

        @Override
        void toDirection(int row, double[] gradient, double[] momenta, double[][] kept, double[][] next) {
            double[] last = kept[0];
            double[] direction = next[0];
            for (int p = 0; p < gradient.length; p++) {
                gradient[p] = Math.fma(momenta[p], last[row + p], gradient[p]);
                direction[row + p] = gradient[p];
            }
        }
    },
    /** The next weights are the trial of each perceptron's {@link Lbfgs}. */
    LBFGS(null);

    // Both types are immutable.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Hyperparameter own;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> kept;

    StepRule(Hyperparameter own, String... kept) {
        this.own = own;
        this.kept = List.of(kept);
    }

    public static StepRule of(Setting setting) {
        if (setting.isByLbfgs()) {
            return LBFGS;
        }
        return setting.value(Hyperparameter.MOMENTUM) > 0 ? HEAVY_BALL : DESCENT;
    }

    /**
     * The names of the matrices that the rule keeps from one step to the next. They have the layout of the weights and
     * hold all runs still trained. Checkpoints have a file for each.
     */
    public List<String> kept() {
        return kept;
    }

    /** The names that the rules of these runs keep. */
    public static List<String> kept(List<Run> runs) {
        return Arrays.stream(values())
                .filter(rule -> runs.stream().anyMatch(run -> of(run.setting()) == rule))
                .flatMap(rule -> rule.kept.stream())
                .toList();
    }

    /** The value of the rule's own hyperparameter; 0 for a setting of another rule. */
    double own(Setting setting) {
        return of(setting) == this && own != null ? setting.value(own) : 0;
    }

    /**
     * The product of rate and curvature below which the rule converges on a quadratic cost. NaN for a rule without rate
     * and momentum.
     */
    public double bound(Setting setting) {
        return 2 * (1 + setting.value(Hyperparameter.MOMENTUM));
    }

    /**
     * Twice the effective learning rate that steps approach if the gradient is constant; the factor 2 allows for
     * rounding. 0 if all steps have the same rate.
     */
    double laterRate(Setting setting) {
        return 0;
    }

    /**
     * Turns the gradient of one feature into the direction of the step. Modified: gradient, next.
     *
     * @param row where the feature's entries begin in {@code kept} and {@code next}; both are in the order of {@link
     *     #kept()}
     * @param own {@link #own(Setting)} of each column; where it is 0, the gradient must not change
     */
    void toDirection(int row, double[] gradient, double[] own, double[][] kept, double[][] next) {}
}
