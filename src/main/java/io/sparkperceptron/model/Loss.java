package io.sparkperceptron.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * The cost of one example for a perceptron with z = w.x + b, s = sigma(z) and target t: 1 for its own class, otherwise
 * 0. The cost of a run is the sum over its perceptrons, averaged over the examples.
 *
 * <p>A loss is a function of one perceptron's z. Each perceptron's cost therefore depends on its own weights alone, and
 * the Hessian of a run has one block for each perceptron.
 */
public enum Loss {
    /** softplus(z) - t z, with derivative s - t in z: the negative log-likelihood, convex in w. */
    LOGISTIC,
    /** (s - t)^2 / 2, with derivative (s - t) s (1 - s) in z: not convex, and flat where the output saturates. */
    MSE;

    /** The names of all losses, for people. */
    public static final String NAMES = "logistic or mse";

    public double cost(double z, boolean target) {
        return switch (this) {
            case LOGISTIC -> Sigmoid.softplus(target ? -z : z);
            case MSE -> {
                double difference = Sigmoid.sigmoid(z) - (target ? 1 : 0);
                yield difference * difference / 2;
            }
        };
    }

    /** The first derivative in z, between -1 and 1. The bounds of gradient sums rely on this. */
    public double slope(double z, boolean target) {
        return slope(z, Sigmoid.sigmoid(z), target);
    }

    /** The same, for a caller that has s = sigma(z). */
    public double slope(double z, double s, boolean target) {
        double difference = s - (target ? 1 : 0);
        return switch (this) {
            case LOGISTIC -> difference;
            case MSE -> difference * s * (1 - s);
        };
    }

    /**
     * The second derivative in z. Logistic loss: s (1 - s), never negative. Squared error: s^2 (1 - s)^2 + (s - t) s (1
     * - s) (1 - 2 s), which can be negative. At z = 0 it is the same for both targets.
     */
    public double curvature(double z, boolean target) {
        double s = Sigmoid.sigmoid(z);
        double bell = s * (1 - s);
        return switch (this) {
            case LOGISTIC -> bell;
            case MSE -> bell * bell + (s - (target ? 1 : 0)) * bell * (1 - 2 * s);
        };
    }

    /**
     * The largest second derivative in z: 1/4 for the logistic loss; for (s - t)^2 / 2 the largest value of s^2 (1 - s)
     * (2 - 3 s), at s = (15 - sqrt 33) / 24.
     */
    public double largestCurvature() {
        return switch (this) {
            case LOGISTIC -> 0.25;
            case MSE -> {
                double s = (15 - Math.sqrt(33)) / 24;
                yield s * s * (1 - s) * (2 - 3 * s);
            }
        };
    }

    /** Whether a perceptron that is very wrong has no slope left, and so stops learning. */
    public boolean saturates() {
        return slope(Double.NEGATIVE_INFINITY, true) == 0;
    }

    /** Whether the cost is a convex function of z, and so of the weights. */
    public boolean isConvex() {
        return switch (this) {
            case LOGISTIC -> true;
            case MSE -> false;
        };
    }

    /** The name in options, files and run names. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Loss of(String label) {
        return Arrays.stream(values())
                .filter(loss -> loss.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected " + NAMES + ", got '" + label + "'"));
    }
}
