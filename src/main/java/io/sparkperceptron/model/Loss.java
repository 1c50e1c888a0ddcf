package io.sparkperceptron.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a perceptron with z = w.x + b, s = sigma(z) and target t (1 for its own class, else 0) pays for one example. The
 * cost of a run is the sum over its perceptrons, averaged over the examples.
 */
public enum Loss {
    /** softplus(z) - t z, with derivative s - t in z: the negative log-likelihood, convex in w. */
    LOGISTIC(0.25, 0.25),
    /** (s - t)^2 / 2, with derivative (s - t) s (1 - s) in z: not convex, and flat where the unit saturates. */
    MSE(largestCurvatureOfMse(), 0.0625);

    private final double largestCurvature;
    private final double curvatureAtZero;

    Loss(double largestCurvature, double curvatureAtZero) {
        this.largestCurvature = largestCurvature;
        this.curvatureAtZero = curvatureAtZero;
    }

    /**
     * The largest second derivative in z: 1/4 of the logistic loss; of (s - t)^2 / 2 the largest value of
     * s^2 (1 - s) (2 - 3 s), at s = (15 - sqrt 33) / 24.
     */
    public double largestCurvature() {
        return largestCurvature;
    }

    /** The second derivative at z = 0, where s = 1/2, whatever t: 1/4 of the logistic loss, 1/16 of the squared error. */
    public double curvatureAtZero() {
        return curvatureAtZero;
    }

    private static double largestCurvatureOfMse() {
        double s = (15 - Math.sqrt(33)) / 24;
        return s * s * (1 - s) * (2 - 3 * s);
    }

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
