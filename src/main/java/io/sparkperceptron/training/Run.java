package io.sparkperceptron.training;

import io.sparkperceptron.model.Loss;
import java.math.BigDecimal;

/**
 * One loss and learning rate, trained from the plan's start.
 *
 * @param learningRate alpha, positive and finite
 */
public record Run(Loss loss, double learningRate) {

    public Run {
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a learning rate above 0, got " + learningRate);
        }
    }

    /** The run's name in files, such as {@code logistic-0.5} or {@code mse-10}. */
    public String name() {
        return loss.label() + "-" + rateText();
    }

    /** The learning rate as a person writes it: 10, not 10.0; 0.01, not 1e-2. */
    public String rateText() {
        return rateText(learningRate);
    }

    /** Likewise of any rate. */
    public static String rateText(double learningRate) {
        BigDecimal rate = BigDecimal.valueOf(learningRate).stripTrailingZeros();
        boolean shortEnough = rate.precision() - rate.scale() <= 7 && rate.scale() <= 7;
        return shortEnough ? rate.toPlainString() : rate.toString();
    }
}
