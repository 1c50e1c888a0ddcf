package io.sparkperceptron.cli;

import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.session.DataSettings;
import picocli.CommandLine.Option;

/** Which data to train on and to test with. */
final class TrainingDataOptions {

    static final String DEFAULT_FOLDER = "data/mnist";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with the four MNIST files under their usual names, raw or .gz, or in parts (default: "
                    + DEFAULT_FOLDER + ")")
    private String folder;

    @Option(names = "--train-images", paramLabel = "FILE", description = "IDX images to train on; also a glob")
    private String trainImages;

    @Option(names = "--train-labels", paramLabel = "FILE", description = "IDX labels to train on; also a glob")
    private String trainLabels;

    @Option(names = "--test-images", paramLabel = "FILE", description = "IDX images to test with; also a glob")
    private String testImages;

    @Option(names = "--test-labels", paramLabel = "FILE", description = "IDX labels to test with; also a glob")
    private String testLabels;

    @Option(names = "--train-libsvm", paramLabel = "PATH", description = "LIBSVM text to train on, instead of images")
    private String trainLibsvm;

    @Option(names = "--test-libsvm", paramLabel = "PATH", description = "LIBSVM text to test with")
    private String testLibsvm;

    @Option(
            names = "--classes",
            paramLabel = "N",
            converter = AtLeast.Two.class,
            description =
                    "labels go from 0 to N-1 (default: 10 for images; for LIBSVM any labels, as the training set has them)")
    private Integer classes;

    @Option(
            names = "--features",
            paramLabel = "N",
            converter = AtLeast.One.class,
            description = "indices go from 1 to N, for LIBSVM (default: what the training set has)")
    private Integer features;

    @Option(
            names = "--scaling",
            paramLabel = "KIND",
            converter = ScalingConverter.class,
            description =
                    "none, pixel (divide by 255), unit-norm (each row), or standard (divide each feature by its standard"
                            + " deviation) (default: pixel for images, none for LIBSVM)")
    private FeatureScaling scaling;

    @Option(
            names = "--validation",
            paramLabel = "N",
            converter = AtLeast.Zero.class,
            description =
                    "hold N training rows out, drawn by --validation-seed, to choose runs and epochs by instead of the"
                            + " test set (default: 0)")
    private int validation;

    @Option(
            names = "--validation-seed",
            paramLabel = "N",
            description = "of the draw of the rows held out (default: 1)")
    private long validationSeed = 1;

    /**
     * The data that are named.
     *
     * @throws IllegalArgumentException if the options contradict each other
     */
    DataSettings settings() {
        boolean images = folder != null
                || trainImages != null
                || trainLabels != null
                || testImages != null
                || testLabels != null;
        boolean text = trainLibsvm != null || testLibsvm != null;
        if (text && images) {
            throw new IllegalArgumentException("expected images or LIBSVM data, got options for both");
        }
        if (text && (trainLibsvm == null || testLibsvm == null)) {
            throw new IllegalArgumentException("expected both --train-libsvm and --test-libsvm, got one of them");
        }
        if (!text && features != null) {
            throw new IllegalArgumentException("--features goes with --train-libsvm; images say their size themselves");
        }
        return new DataSettings(
                text
                        ? new DataSettings.LibsvmText(trainLibsvm, testLibsvm)
                        : new DataSettings.Images(
                                folder == null ? DEFAULT_FOLDER : folder,
                                trainImages,
                                trainLabels,
                                testImages,
                                testLabels),
                classes,
                features,
                scaling,
                validation,
                validationSeed);
    }
}
