package io.sparkperceptron.cli;

import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.training.Start;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code zeros}, {@code normal:SIGMA} or {@code model:DIR}. */
final class StartConverter implements ITypeConverter<StartConverter.InitialWeights> {

    private static final String NORMAL = "normal:";
    private static final String MODEL = "model:";

    /**
     * Starting weights as they were asked for.
     *
     * @param sigma their standard deviation; 0 for zeros
     * @param model the folder of a model to start from; null for none
     */
    record InitialWeights(double sigma, String model) {

        static final InitialWeights ZEROS = normal(0);

        static InitialWeights normal(double sigma) {
            return new InitialWeights(sigma, null);
        }

        /** The model, looked for before Spark is started; null for none. */
        ModelFiles.Stored load(Configuration configuration) {
            return model == null ? null : ModelOptions.load(model, "--init " + MODEL, configuration);
        }

        /** The start for the data that were read. */
        Start start(long seed, ModelFiles.Stored loaded, TrainingData data) {
            return loaded == null ? new Start(sigma, seed) : data.startAt(loaded);
        }
    }

    @Override
    public InitialWeights convert(String text) {
        if (text.equals("zeros")) {
            return InitialWeights.ZEROS;
        }
        if (text.startsWith(MODEL) && text.length() > MODEL.length()) {
            return new InitialWeights(0, text.substring(MODEL.length()));
        }
        try {
            double sigma = text.startsWith(NORMAL) ? Double.parseDouble(text.substring(NORMAL.length())) : Double.NaN;
            if (sigma > 0 && sigma < Double.POSITIVE_INFINITY) {
                return InitialWeights.normal(sigma);
            }
        } catch (NumberFormatException e) {
            // Said below, with what was expected.
        }
        throw new TypeConversionException(
                "expected zeros, normal:SIGMA with SIGMA above 0, or model:DIR, got '" + text + "'");
    }
}
