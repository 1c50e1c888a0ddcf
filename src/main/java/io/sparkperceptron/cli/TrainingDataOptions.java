package io.sparkperceptron.cli;

import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.HoldOut;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.data.LibsvmExamples;
import io.sparkperceptron.model.FeatureScaling;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Option;

/** Which data to train on and to test with. */
final class TrainingDataOptions {

    static final String DEFAULT_FOLDER = "data/mnist";
    private static final int DEFAULT_IDX_CLASSES = 10;

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
            description = "labels go from 0 to N-1 (default: 10 for images, what the training set has for LIBSVM)")
    private Integer classes;

    @Option(
            names = "--features",
            paramLabel = "N",
            description = "indices go from 1 to N, for LIBSVM (default: what the training set has)")
    private Integer features;

    @Option(
            names = "--scaling",
            paramLabel = "KIND",
            converter = ScalingConverter.class,
            description = "none, pixel (divide by 255) or unit-norm (default: pixel for images, none for LIBSVM)")
    private FeatureScaling scaling;

    @Option(
            names = "--validation",
            paramLabel = "N",
            description =
                    "hold N training rows out, drawn by --validation-seed, to choose runs and epochs by instead of the"
                            + " test set (default: 0)")
    private long validation;

    @Option(
            names = "--validation-seed",
            paramLabel = "N",
            description = "of the draw of the rows held out (default: 1)")
    private long validationSeed = 1;

    /** Both sets, whose files have been looked at; what is read later is read by Spark. */
    interface Source {
        DataSets read(JavaSparkContext spark, int partitions);
    }

    /**
     * Checks what can be checked without looking at a file.
     *
     * @throws IllegalArgumentException if the options contradict each other
     */
    void validate() {
        boolean anyIdx = folder != null
                || trainImages != null
                || trainLabels != null
                || testImages != null
                || testLabels != null;
        if (isLibsvm() && anyIdx) {
            throw new IllegalArgumentException("expected images or LIBSVM data, got options for both");
        }
        if (isLibsvm() && (trainLibsvm == null || testLibsvm == null)) {
            throw new IllegalArgumentException("expected both --train-libsvm and --test-libsvm, got one of them");
        }
        if (!isLibsvm() && features != null) {
            throw new IllegalArgumentException("--features goes with --train-libsvm; images say their size themselves");
        }
        if (classes != null && classes < 2) {
            throw new IllegalArgumentException("expected at least 2 classes (--classes), got " + classes);
        }
        if (validation < 0) {
            throw new IllegalArgumentException(
                    "expected to hold out at least 0 rows (--validation), got " + validation);
        }
        if (features != null && features < 1) {
            throw new IllegalArgumentException("expected at least 1 feature (--features), got " + features);
        }
    }

    FeatureScaling scaling() {
        if (scaling != null) {
            return scaling;
        }
        return isLibsvm() ? FeatureScaling.NONE : FeatureScaling.PIXEL;
    }

    /**
     * Looks at the files, on the driver.
     *
     * @throws io.sparkperceptron.UserException if a file is missing, or is not what it should be as far as its start tells
     */
    Source inspect(Configuration configuration) {
        if (isLibsvm()) {
            LibsvmExamples training = LibsvmExamples.inspect(trainLibsvm, configuration);
            LibsvmExamples test = LibsvmExamples.inspect(testLibsvm, configuration);
            return (spark, partitions) -> readLibsvm(training, test, spark, partitions);
        }
        int labels = classes == null ? DEFAULT_IDX_CLASSES : classes;
        IdxExamples training = IdxExamples.inspect(
                file(trainImages, DatasetFiles.TRAIN_IMAGES, configuration),
                file(trainLabels, DatasetFiles.TRAIN_LABELS, configuration),
                labels,
                configuration);
        IdxExamples test = IdxExamples.inspect(
                file(testImages, DatasetFiles.TEST_IMAGES, configuration),
                file(testLabels, DatasetFiles.TEST_LABELS, configuration),
                labels,
                configuration);
        training.requireSameShape(test);
        return (spark, partitions) -> sets(training.read(spark, partitions), test.read(spark, partitions));
    }

    private DataSets sets(Examples training, Examples test) {
        return new DataSets(training, HoldOut.draw(validation, training.rows(), validationSeed), test, scaling());
    }

    private DataSets readLibsvm(LibsvmExamples training, LibsvmExamples test, JavaSparkContext spark, int partitions) {
        Examples read =
                training.read(spark, features == null ? 0 : features, classes == null ? 0 : classes, partitions);
        return sets(read, test.read(spark, read.features(), read.classes(), partitions));
    }

    private boolean isLibsvm() {
        return trainLibsvm != null || testLibsvm != null;
    }

    private String file(String named, DatasetFiles usual, Configuration configuration) {
        return named != null ? named : usual.in(folder == null ? DEFAULT_FOLDER : folder, configuration);
    }
}
