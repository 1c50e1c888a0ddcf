package io.sparkperceptron.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * A positive factor for each feature: the model sees x_j = f_j p_j. Since w.x is the sum of (w_j f_j) p_j, and the derivative by w_j
 * is f_j times that by w_j f_j, it is weights and gradients that are multiplied: features stay as they are stored, bytes and sparse.
 * The bias has no factor. Immutable.
 */
public final class FeatureFactors implements Serializable {

    /** All features as they are. */
    public static final FeatureFactors NONE = new FeatureFactors(null);

    /** Null if all are 1. */
    private final double[] factors;

    private FeatureFactors(double[] factors) {
        this.factors = factors;
    }

    /**
     * These factors, a copy.
     *
     * @throws IllegalArgumentException if one is not above 0 and finite
     */
    public static FeatureFactors of(double[] factors) {
        for (double factor : factors) {
            if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("expected finite factors above 0, got " + factor);
            }
        }
        return new FeatureFactors(factors.clone());
    }

    public boolean areNone() {
        return factors == null;
    }

    /** That of a feature; 1 for the bias. */
    public double of(int feature) {
        return factors == null || feature == factors.length ? 1 : factors[feature];
    }

    /** A copy of all d of them; null if there are none. */
    public double[] toArray() {
        return factors == null ? null : factors.clone();
    }

    /** Weights for features without factors that come to the same z. */
    public Weights times(Weights weights) {
        if (factors == null) {
            return weights;
        }
        Weights product = new Weights(weights.features(), weights.classes(), weights.runs());
        System.arraycopy(weights.values(), 0, product.values(), 0, product.values().length);
        multiply(product.values());
        return product;
    }

    /** A model for features without factors that comes to the same z. */
    public PerceptronModel times(PerceptronModel model) {
        if (factors == null) {
            return model;
        }
        return mapped(model, (weight, factor) -> weight * factor);
    }

    /** A model for features with these factors that comes to the same z as one for features without, but for rounding. */
    public PerceptronModel over(PerceptronModel unscaled) {
        return mapped(unscaled, (weight, factor) -> weight / factor);
    }

    private PerceptronModel mapped(PerceptronModel model, DoubleBinaryOperator operator) {
        double[] rows = model.toArray();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = operator.applyAsDouble(rows[i], of(i % (model.features() + 1)));
        }
        return new PerceptronModel(model.classes(), model.features(), rows);
    }

    /**
     * Multiplies the rows of a matrix.
     *
     * @param matrix laid out as {@link Weights}; modified
     */
    public void multiply(double[] matrix) {
        if (factors != null) {
            int stride = matrix.length / (factors.length + 1);
            for (int j = 0; j < factors.length; j++) {
                for (int i = j * stride; i < (j + 1) * stride; i++) {
                    matrix[i] *= factors[j];
                }
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureFactors that && Arrays.equals(factors, that.factors);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(factors);
    }
}
