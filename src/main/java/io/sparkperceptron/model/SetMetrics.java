package io.sparkperceptron.model;

/**
 * How a model does on one set of examples.
 *
 * @param cost summed over the perceptrons, averaged over the examples; infinite if it is past all bounds, NaN if there are no examples
 * @param error the fraction of examples put in a wrong class; NaN if there are no examples
 */
public record SetMetrics(double cost, double error) {

    /** Of a set without examples. */
    public static final SetMetrics NONE = new SetMetrics(Double.NaN, Double.NaN);

    public SetMetrics {
        if (cost < 0) {
            throw new IllegalArgumentException("expected a cost of at least 0, got " + cost);
        }
        if (error < 0 || error > 1) {
            throw new IllegalArgumentException("expected an error as a fraction from 0 to 1, got " + error);
        }
    }

    /** Whether there were examples to measure. */
    public boolean isMeasured() {
        return !Double.isNaN(error);
    }
}
