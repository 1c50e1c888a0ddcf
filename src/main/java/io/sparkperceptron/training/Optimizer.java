package io.sparkperceptron.training;

import io.sparkperceptron.model.Hyperparameter;
import java.util.Arrays;
import java.util.Locale;

/** The method that minimizes a run's objective. */
public enum Optimizer {
    /** Gradient descent; heavy ball where the momentum is above 0. */
    DESCENT,
    /** Limited-memory BFGS, see {@link Lbfgs}. It finds the length of its steps, so it has no rate and no momentum. */
    LBFGS;

    /** The names of all optimizers, for people. */
    public static final String NAMES = "descent or lbfgs";

    /** Whether the hyperparameter means anything to this optimizer. */
    public boolean uses(Hyperparameter one) {
        return this == DESCENT || one.equals(Hyperparameter.L2);
    }

    /** The name in options and run names. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optimizer of(String label) {
        return Arrays.stream(values())
                .filter(one -> one.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected " + NAMES + ", got '" + label + "'"));
    }
}
