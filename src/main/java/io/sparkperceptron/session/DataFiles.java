package io.sparkperceptron.session;

import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.data.LibsvmExamples;
import io.sparkperceptron.spark.Partitions;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both sets' files, looked at by the driver before Spark is started; what is read later is read by Spark. */
public interface DataFiles {

    Logger LOG = LoggerFactory.getLogger(DataFiles.class);

    /** The number of classes where nothing else is said, as MNIST and its kin have them. */
    int IMAGE_CLASSES = 10;

    /** The sets as RDDs, read in so many partitions. */
    DataSets read(JavaSparkContext spark, int partitions);

    /**
     * Reads, checks and caches them.
     *
     * @throws io.sparkperceptron.UserException if a row is bad, or the sets do not fit each other
     */
    default TrainingData load(JavaSparkContext spark, Partitions cut) {
        spark.setJobDescription("reading the data");
        DataSets sets = read(spark, cut.number());
        LOG.info("Reading {} and {}", sets.training().source(), sets.test().source());
        TrainingData data = TrainingData.of(spark, sets, cut);
        spark.setJobDescription(null);
        return data;
    }

    /**
     * Looks at the files.
     *
     * @throws io.sparkperceptron.UserException if a file is missing, or is not what it should be as far as its start tells
     */
    static DataFiles inspect(DataSettings settings, Configuration configuration) {
        // A switch over the sealed type wants Java 21.
        if (settings.location() instanceof DataSettings.Images images) {
            return inspect(images, settings, configuration);
        }
        return settings.location() instanceof DataSettings.Tables tables
                ? TableFiles.inspect(tables, settings, configuration)
                : inspect((DataSettings.LibsvmText) settings.location(), settings, configuration);
    }

    private static DataFiles inspect(DataSettings.Images images, DataSettings settings, Configuration configuration) {
        int classes = settings.classes() == null ? IMAGE_CLASSES : settings.classes();
        String folder = images.folder();
        IdxExamples training = IdxExamples.inspect(
                        file(images.trainImages(), DatasetFiles.TRAIN_IMAGES, folder, configuration),
                        file(images.trainLabels(), DatasetFiles.TRAIN_LABELS, folder, configuration),
                        classes,
                        configuration)
                .transposed(images.transposed());
        IdxExamples test = IdxExamples.inspect(
                        file(images.testImages(), DatasetFiles.TEST_IMAGES, folder, configuration),
                        file(images.testLabels(), DatasetFiles.TEST_LABELS, folder, configuration),
                        classes,
                        configuration)
                .transposed(images.transposed());
        training.requireSameShape(test);
        int most = DataSets.mostPartitions(training.rows(), test.rows());
        return (spark, partitions) -> {
            int cut = Math.min(partitions, most);
            return sets(training.read(spark, cut), test.read(spark, cut), settings);
        };
    }

    private static DataFiles inspect(DataSettings.LibsvmText text, DataSettings settings, Configuration configuration) {
        LibsvmExamples training = LibsvmExamples.inspect(text.train(), configuration);
        LibsvmExamples test = LibsvmExamples.inspect(text.test(), configuration);
        int features = settings.features() == null ? 0 : settings.features();
        int classes = settings.classes() == null ? 0 : settings.classes();
        return (spark, partitions) -> {
            Examples read = training.read(spark, features, classes, partitions);
            return sets(read, test.read(spark, read.features(), read.labels(), partitions), settings);
        };
    }

    /** Training and test set, and what is held out. */
    static DataSets sets(Examples training, Examples test, DataSettings settings) {
        HoldOut heldOut = HoldOut.draw(settings.validationRows(), training.rows(), settings.validationSeed());
        return new DataSets(training, heldOut, settings.folds(), test, settings.scaling(), settings.classWeighting());
    }

    private static String file(String named, DatasetFiles usual, String folder, Configuration configuration) {
        return named != null ? named : usual.in(folder, configuration);
    }
}
