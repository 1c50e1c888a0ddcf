package io.sparkperceptron.cli;

import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.training.Start;
import org.apache.commons.lang3.math.NumberUtils;
import org.apache.hadoop.conf.Configuration;

/**
 * The value of {@code --init}: {@code zeros}, {@code normal:SIGMA} or {@code model:DIR}.
 *
 * @param sigma the standard deviation of the weights; 0 for zeros
 * @param model the folder of a model to start from; null for none
 */
record InitialWeights(double sigma, String model) {

    static final InitialWeights ZEROS = new InitialWeights(0, null);

    private static final String NORMAL = "normal:";
    private static final String MODEL = "model:";

    /** @throws IllegalArgumentException if the text has none of the three forms */
    static InitialWeights of(String text) {
        if (text.equals("zeros")) {
            return ZEROS;
        }
        if (text.startsWith(MODEL) && text.length() > MODEL.length()) {
            return new InitialWeights(0, text.substring(MODEL.length()));
        }
        double sigma = text.startsWith(NORMAL) ? NumberUtils.toDouble(text.substring(NORMAL.length()), 0) : 0;
        if (sigma > 0 && sigma < Double.POSITIVE_INFINITY) {
            return new InitialWeights(sigma, null);
        }
        throw new IllegalArgumentException(
                "expected zeros, normal:SIGMA with SIGMA above 0, or model:DIR, got '" + text + "'");
    }

    /** Loads the model before Spark is started; null for none. */
    ModelFiles.Stored load(Configuration configuration) {
        return model == null ? null : ModelOptions.load(model, "--init " + MODEL, configuration);
    }

    Start start(long seed, ModelFiles.Stored loaded, TrainingData data) {
        return loaded == null ? new Start(sigma, seed) : data.startAt(loaded);
    }
}
