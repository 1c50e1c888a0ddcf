package io.sparkperceptron.training;

import io.sparkperceptron.model.Hyperparameter;
import java.util.Arrays;
import java.util.Locale;

/** The method that minimizes a run's objective. */
public enum Optimizer {
    /** Gradient descent; with the heavy-ball method if the momentum is above 0. */
    DESCENT,
    /** Limited-memory BFGS, see {@link Lbfgs}. Finds its own step lengths, so it has no rate and no momentum. */
    LBFGS;

    /** The names of all optimizers, for people. */
    public static final String NAMES = "descent or lbfgs";

    /** Whether this optimizer has the hyperparameter. */
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
