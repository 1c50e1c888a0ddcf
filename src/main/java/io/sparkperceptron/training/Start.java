package io.sparkperceptron.training;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.PerceptronModel;
import java.util.Random;

/**
 * The weights of epoch 0, the same for every run of a plan. Biases start at zero unless a model is given.
 *
 * @param sigma the standard deviation of the normally distributed weights; 0 for all zero
 * @param given the model to start from, for scaled features; null for none
 */
public record Start(double sigma, long seed, PerceptronModel given) {

    public static final Start ZEROS = new Start(0, 0);

    public Start {
        if (!(sigma >= 0 && sigma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a standard deviation of at least 0, got " + sigma);
        }
    }

    public Start(double sigma, long seed) {
        this(sigma, seed, null);
    }

    public static Start at(PerceptronModel model) {
        return new Start(0, 0, model);
    }

    public boolean isZeros() {
        return sigma == 0 && given == null;
    }

    /**
     * The starting weights of one run. {@link Random} draws the same numbers on every machine. Throws a {@link
     * UserException} if the given model has another shape.
     */
    public PerceptronModel model(int classes, int features) {
        if (given != null) {
            if (given.classes() != classes || given.features() != features) {
                throw new UserException("Expected a model of " + features + " features and " + classes
                        + " classes to start from, as the data have, found one of " + given.features() + " and "
                        + given.classes());
            }
            return given;
        }
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
