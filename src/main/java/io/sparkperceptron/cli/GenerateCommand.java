package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.generate.GeneratedExamples;
import io.sparkperceptron.storage.Folder;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description = "Writes N copies of the images of a data set, slightly distorted, as IDX parts that train takes"
                + " with --data. The first copy and the test set are the originals.")
final class GenerateCommand extends SparkCommand {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with the four MNIST files under their usual names, raw or .gz (default: "
                    + TrainingDataOptions.DEFAULT_FOLDER + ")")
    private String data = TrainingDataOptions.DEFAULT_FOLDER;

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "number of copies of the training images; may be a fraction such as 13.5 (default: 10)")
    private double times = 10;

    @Option(names = "--seed", paramLabel = "N", description = "the seed of the distortions (default: 1)")
    private long seed = 1;

    @Option(names = "--output", paramLabel = "DIR", required = true, description = "a new folder, at any Hadoop URI")
    private String output;

    @Override
    void validate() {
        if (!(times > 0)) {
            throw new IllegalArgumentException("expected a number above 0 (--times), got " + times);
        }
    }

    @Override
    SparkSettings settings() {
        SparkSettings settings = super.settings();
        // Two attempts at a part would write to the same temporary file.
        settings.conf().set("spark.speculation", "false");
        return settings;
    }

    @Override
    Work prepare(Configuration configuration) {
        GeneratedExamples training =
                planned(DatasetFiles.TRAIN_IMAGES, DatasetFiles.TRAIN_LABELS, times, configuration);
        GeneratedExamples test = planned(DatasetFiles.TEST_IMAGES, DatasetFiles.TEST_LABELS, 1, configuration);
        Folder folder = Folder.at(output, configuration);
        if (folder.exists()) {
            throw new UserException("Expected a new folder for the images, but " + folder.uri()
                    + " exists; name another with --output");
        }
        folder.requireWritable();
        return (spark, cut) -> {
            training.write(
                    spark,
                    partitions == null ? training.parts() : partitions,
                    folder,
                    DatasetFiles.TRAIN_IMAGES,
                    DatasetFiles.TRAIN_LABELS);
            // The test set comes last: training refuses an unfinished folder, which lacks it.
            test.write(spark, 1, folder, DatasetFiles.TEST_IMAGES, DatasetFiles.TEST_LABELS);
            out().println(training.rows() + " training images in " + training.parts() + " part(s), and " + test.rows()
                    + " test images, are in " + folder);
            return 0;
        };
    }

    private GeneratedExamples planned(
            DatasetFiles images, DatasetFiles labels, double times, Configuration configuration) {
        return GeneratedExamples.of(
                images.in(data, configuration), labels.in(data, configuration), times, seed, configuration);
    }
}
