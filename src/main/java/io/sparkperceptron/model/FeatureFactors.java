package io.sparkperceptron.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * A positive factor for each feature: the model sees x_j = f_j p_j. The factors multiply weights and gradients, so the
 * stored features p do not change. The result is the same: w.x is the sum of (w_j f_j) p_j, and the derivative with
 * respect to w_j is f_j times the derivative with respect to w_j f_j. The bias has no factor. Immutable.
 */
public final class FeatureFactors implements Serializable {

    public static final FeatureFactors NONE = new FeatureFactors(null);

    /** Null if all factors are 1. */
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

    /** The weights that give the same z for unscaled features. */
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

    /** The model that gives the same z for unscaled features. */
    public PerceptronModel times(PerceptronModel model) {
        return factors == null ? model : mapped(model, (weight, factor) -> weight * factor);
    }

    /** The inverse of {@link #times(PerceptronModel)}, up to rounding. */
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
