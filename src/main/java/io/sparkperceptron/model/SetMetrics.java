package io.sparkperceptron.model;

/**
 * How good a model is on one set of examples.
 *
 * @param cost summed over the perceptrons, averaged over the examples; infinite if it diverged, NaN without examples
 * @param error the fraction of misclassified examples; NaN without examples
 */
public record SetMetrics(double cost, double error) {

    /** A set without examples. */
    public static final SetMetrics NONE = new SetMetrics(Double.NaN, Double.NaN);

    public SetMetrics {
        if (cost < 0) {
            throw new IllegalArgumentException("expected a cost of at least 0, got " + cost);
        }
        if (error < 0 || error > 1) {
            throw new IllegalArgumentException("expected an error as a fraction from 0 to 1, got " + error);
        }
    }

    /** Whether the set has examples. */
    public boolean isMeasured() {
        return !Double.isNaN(error);
    }
}
