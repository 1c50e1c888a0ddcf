package io.sparkperceptron.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a perceptron with z = w.x + b, s = sigma(z) and target t (1 for its own class, else 0) pays for one example. The
 * cost of a run is the sum over its perceptrons, averaged over the examples.
 */
public enum Loss {
    /** softplus(z) - t z, with derivative s - t in z: the negative log-likelihood, convex in w. */
    LOGISTIC,
    /** (s - t)^2 / 2, with derivative (s - t) s (1 - s) in z: not convex, and flat where the unit saturates. */
    MSE;

    /** The name in options, files and run names. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The loss of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Loss of(String label) {
        return Arrays.stream(values())
                .filter(loss -> loss.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected logistic or mse, got '" + label + "'"));
    }
}
