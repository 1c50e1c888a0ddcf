package io.sparkperceptron.analysis;

import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.StepRule;

/**
 * The learning rate below which no step of gradient descent raises the objective: 2/L, with L an upper bound of its
 * curvature (Y. Nesterov, "Introductory Lectures on Convex Optimization", 2004, section 1.2.3). L = m lambda + l2,
 * where lambda is the largest eigenvalue of X'X/n, with a column of ones in X, and m is the largest second derivative
 * of the loss in z, {@link Loss#largestCurvature}.
 *
 * <p>With momentum beta the rate is 2 (1 + beta)/L. Below it heavy ball converges wherever the cost is quadratic with
 * at most that curvature, though single steps may raise the cost (B. Polyak, "Some methods of speeding up the
 * convergence of iteration methods", 1964).
 *
 * @param largestEigenvalue lambda
 */
public record StabilityBound(double largestEigenvalue) {

    /** L. */
    public double smoothness(Setting setting) {
        return smoothness(setting.loss()) + setting.l2();
    }

    /** L of a loss without penalty. */
    public double smoothness(Loss loss) {
        return loss.largestCurvature() * largestEigenvalue;
    }

    /** The largest eigenvalue of the Hessian at zero weights, where every output is 1/2. */
    public double curvatureAtZero(Loss loss) {
        return loss.curvature(0, true) * largestEigenvalue;
    }

    /** 2 (1 + beta)/L; NaN for a setting without a rate. */
    public double rate(Setting setting) {
        return StepRule.of(setting).bound(setting) / smoothness(setting);
    }

    /**
     * The product of rate and curvature, penalty included, divided by 1 + momentum. Steps overshoot if it is above 2.
     * NaN without a rate.
     */
    public static double reach(Setting setting, double curvature) {
        return setting.learningRate()
                * (curvature + setting.l2())
                / (StepRule.of(setting).bound(setting) / 2);
    }

    /** 2/L, without penalty and momentum. */
    public double rate(Loss loss) {
        return 2 / smoothness(loss);
    }
}
