package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.data.LibsvmExamples;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.storage.Folder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Option;

/** Options that name a stored model, and the data to apply it to. */
final class ModelOptions {

    static final String TRANSPOSE_IMAGES = "--transpose-images";
    /** The description of {@code --model}. */
    static final String MODEL =
            "folder of a model (OUTPUT/models/RUN), the OUTPUT of a training of one run, or what Spark ML has saved"
                    + " with one such model in it";

    enum DataSet {
        TRAIN,
        TEST;

        static DataSet of(String text) {
            return switch (text) {
                case "train" -> TRAIN;
                case "test" -> TEST;
                default -> throw new IllegalArgumentException("expected train or test, got '" + text + "'");
            };
        }
    }

    @Option(names = "--model", paramLabel = "DIR", required = true, description = MODEL)
    private String model;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with the MNIST files (default: " + TrainingDataOptions.DEFAULT_FOLDER + ")")
    private String folder;

    @Option(
            names = "--set",
            paramLabel = "SET",
            description = "which set of that folder: train or test (default: test)")
    private DataSet set = DataSet.TEST;

    @Option(names = "--images", paramLabel = "FILE", description = "IDX images, instead of a folder")
    private String images;

    @Option(names = "--labels", paramLabel = "FILE", description = "IDX labels of these images")
    private String labels;

    @Option(
            names = TRANSPOSE_IMAGES,
            description = "the file has rows of pixels where the images have columns, as EMNIST's do")
    private boolean transposeImages;

    @Option(names = "--libsvm", paramLabel = "PATH", description = "LIBSVM text, instead of images")
    private String libsvm;

    /** A set whose files have been checked. */
    interface Source {
        Examples read(JavaSparkContext spark, int partitions);
    }

    /** @throws IllegalArgumentException if the options contradict each other */
    void validate(boolean labelsNeeded) {
        if (Stream.of(folder, images, libsvm).filter(Objects::nonNull).count() > 1) {
            throw new IllegalArgumentException("expected one of --data, --images and --libsvm, got several");
        }
        if (libsvm != null && transposeImages) {
            throw new IllegalArgumentException(TRANSPOSE_IMAGES + " goes with images, got LIBSVM text");
        }
        if (images == null && labels != null) {
            throw new IllegalArgumentException("--labels goes with --images");
        }
        if (images != null && labels == null && labelsNeeded) {
            throw new IllegalArgumentException("expected --labels with --images, to compare predictions with");
        }
    }

    /** Loads the model of {@code --model}; see {@link #load(String, String, Configuration)}. */
    ModelFiles.Stored load(Configuration configuration) {
        return load(model, "--model ", configuration);
    }

    /**
     * Loads the model of a folder, which {@code option} named, or the only one that was saved there: by a training, or
     * by Spark ML, alone, as a stage of a pipeline or as the best model of a cross-validation. Throws UserException if
     * there is none, or several.
     */
    static ModelFiles.Stored load(String model, String option, Configuration configuration) {
        Folder place = Folder.at(model, configuration);
        Folder models = Layout.models(place);
        if (!place.holds(ModelFiles.DESCRIPTION) && models.exists()) {
            List<String> runs = models.names();
            if (runs.size() != 1) {
                throw new UserException("Expected one model in " + models + ", found "
                        + (runs.isEmpty() ? "none" : String.join(", ", runs)) + "; name one with " + option + model
                        + "/models/RUN");
            }
            place = Layout.model(place, runs.get(0));
        }
        List<Folder> saved = savedBySpark(place);
        if (saved.size() > 1) {
            throw new UserException("Expected one model in " + place.uri() + ", found "
                    + saved.stream().map(Folder::uri).collect(Collectors.joining(", ")) + "; name one with " + option
                    + saved.get(0).uri());
        }
        return ModelFiles.load(saved.isEmpty() ? place : saved.get(0));
    }

    /** The folders of our models inside a folder of Spark ML; the folder itself if it is one of our models. */
    private static List<Folder> savedBySpark(Folder place) {
        if (place.holds(ModelFiles.DESCRIPTION)) {
            return List.of(place);
        }
        Folder stages = place.child("stages");
        return Stream.concat(
                        Stream.of("data", "bestModel").map(place::child),
                        stages.names().stream().map(stages::child))
                .filter(Folder::exists)
                .flatMap(folder -> savedBySpark(folder).stream())
                .toList();
    }

    /** @throws UserException if a file is missing or damaged, or the data do not have the model's shape */
    Source inspect(ModelDescription description, boolean labelsNeeded, Configuration configuration) {
        if (libsvm != null) {
            LibsvmExamples text = LibsvmExamples.inspect(libsvm, configuration);
            return (spark, partitions) -> labelsNeeded
                    ? text.read(spark, description.features(), description.classLabels(), partitions)
                    : text.readUnlabelled(spark, description.features(), description.classLabels(), partitions);
        }
        IdxExamples files = IdxExamples.inspect(
                        images != null
                                ? images
                                : fileOf(DatasetFiles.TRAIN_IMAGES, DatasetFiles.TEST_IMAGES, configuration),
                        images != null || !labelsNeeded
                                ? labels
                                : fileOf(DatasetFiles.TRAIN_LABELS, DatasetFiles.TEST_LABELS, configuration),
                        description.classLabels(),
                        configuration)
                .transposed(transposeImages);
        requireShape(description, files);
        int most = DataSets.mostPartitions(files.rows(), 0);
        return (spark, partitions) -> files.read(spark, Math.min(partitions, most));
    }

    /** The data as blocks, not cached, in at most as many partitions as there are blocks. */
    static JavaRDD<ExampleBlock> blocks(Examples examples, ModelDescription description, int partitions) {
        int most = DataSets.mostPartitions(examples.rows(), 0);
        return examples.blocks(Split.TEST, FeatureScaling.of(description.scaling()), Math.min(partitions, most));
    }

    private String fileOf(DatasetFiles ofTrain, DatasetFiles ofTest, Configuration configuration) {
        String place = folder == null ? TrainingDataOptions.DEFAULT_FOLDER : folder;
        return (set == DataSet.TRAIN ? ofTrain : ofTest).in(place, configuration);
    }

    private static void requireShape(ModelDescription description, IdxExamples files) {
        ImageShape trained = description.shape();
        boolean fits = trained == null
                ? files.shape().pixels() == description.features()
                : files.shape().equals(trained);
        if (!fits) {
            throw new UserException("Expected what the model was trained on, "
                    + (trained == null ? description.features() + " features" : "images of " + trained + " pixels")
                    + ", found images of " + files.shape() + " in " + files.source());
        }
    }
}
