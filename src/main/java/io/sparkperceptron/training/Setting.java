package io.sparkperceptron.training;

import io.sparkperceptron.model.Loss;
import java.math.BigDecimal;

/**
 * How a run descends: on the mean cost of its loss plus l2/2 |w|^2, biases left out, by heavy ball,
 *
 * <pre>v = momentum v - learningRate gradient, w = w + v</pre>
 *
 * with v = 0 at the start (B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964). Momentum 0 is plain
 * gradient descent.
 *
 * @param learningRate alpha, positive and finite
 * @param l2 lambda, finite and at least 0
 * @param momentum beta, at least 0 and below 1
 */
public record Setting(Loss loss, double learningRate, double l2, double momentum) {

    public Setting {
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a learning rate above 0, got " + learningRate);
        }
        if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected an l2 penalty of at least 0, got " + l2);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("expected a momentum of at least 0 and below 1, got " + momentum);
        }
        // Of the two zeros, the one that is written 0.
        l2 += 0.0;
        momentum += 0.0;
    }

    /** A number as a person writes it: 10, not 10.0; 0.01, not 1e-2. */
    public static String text(double number) {
        BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
        boolean shortEnough = decimal.precision() - decimal.scale() <= 7 && decimal.scale() <= 7;
        return shortEnough ? decimal.toPlainString() : decimal.toString();
    }
}
