package io.sparkperceptron.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * A positive factor for each feature: the model sees x_j = f_j p_j. The factors multiply weights and gradients, so
 * stored features stay as they are, bytes and sparse. This is the same, because w.x is the sum of (w_j f_j) p_j, and
 * the derivative by w_j is f_j times that by w_j f_j. The bias has no factor. Immutable.
 */
public final class FeatureFactors implements Serializable {

    public static final FeatureFactors NONE = new FeatureFactors(null);

    /** Null if all are 1. */
    private final double[] factors;

    private FeatureFactors(double[] factors) {
        this.factors = factors;
    }

    /** Copies the factors, which must be positive and finite. */
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

    /** The factor of a feature; 1 for the bias. */
    public double of(int feature) {
        return factors == null || feature == factors.length ? 1 : factors[feature];
    }

    /** A copy of the d factors; null if there are none. */
    public double[] toArray() {
        return factors == null ? null : factors.clone();
    }

    /** Weights for features without factors that give the same z. */
    public Weights times(Weights weights) {
        if (factors == null) {
            return weights;
        }
        Weights product = new Weights(weights.features(), weights.classes(), weights.runs());
        int stride = weights.stride();
        for (int j = 0; j <= weights.features(); j++) {
            double factor = of(j);
            for (int i = j * stride; i < (j + 1) * stride; i++) {
                product.values()[i] = weights.values()[i] * factor;
            }
        }
        return product;
    }

    /** A model for features without factors that gives the same z. */
    public PerceptronModel times(PerceptronModel model) {
        return factors == null ? model : mapped(model, (weight, factor) -> weight * factor);
    }

    /** The inverse of {@link #times(PerceptronModel)}, but for rounding. */
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

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureFactors that && Arrays.equals(factors, that.factors);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(factors);
    }
}
