package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;
import java.util.Random;

/**
 * The weights of epoch 0, the same for every run of a plan. Biases start at zero.
 *
 * @param sigma the standard deviation of the normal distribution that the weights are drawn from; 0 starts all at zero
 * @param seed of the draws
 */
public record Start(double sigma, long seed) {

    /** All weights zero. */
    public static final Start ZEROS = new Start(0, 0);

    public Start {
        if (!(sigma >= 0 && sigma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a standard deviation of at least 0, got " + sigma);
        }
    }

    /** The starting weights of one run. {@link Random} draws the same numbers on every machine. */
    public PerceptronModel model(int classes, int features) {
        double[] rows = new double[classes * (features + 1)];
        if (sigma > 0) {
            Random random = new Random(seed);
            for (int c = 0; c < classes; c++) {
                for (int j = 0; j < features; j++) {
                    rows[c * (features + 1) + j] = sigma * random.nextGaussian();
                }
            }
        }
        return new PerceptronModel(classes, features, rows);
    }
}
