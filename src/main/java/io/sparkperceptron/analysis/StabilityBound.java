package io.sparkperceptron.analysis;

import io.sparkperceptron.model.Loss;

/**
 * The rate below which no step of gradient descent raises the training cost: 2/L, with L a bound of the cost's curvature (Y.
 * Nesterov, "Introductory Lectures on Convex Optimization", 2004, section 1.2.3). L = m lambda, with lambda the largest eigenvalue of
 * X'X/n, a column of ones in X, and m the largest second derivative of the loss in z, {@link Loss#largestCurvature}.
 *
 * @param largestEigenvalue lambda
 */
public record StabilityBound(double largestEigenvalue) {

    /** L of a loss. */
    public double smoothness(Loss loss) {
        return loss.largestCurvature() * largestEigenvalue;
    }

    /** The largest eigenvalue of the Hessian at weights that are all zero, where every output is 1/2. */
    public double curvatureAtZero(Loss loss) {
        return loss.curvatureAtZero() * largestEigenvalue;
    }

    /** 2/L. */
    public double rate(Loss loss) {
        return 2 / smoothness(loss);
    }
}
