package io.sparkperceptron.session;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.data.LibsvmExamples;
import io.sparkperceptron.spark.Partitions;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the training and the test set. The driver inspects them before it starts Spark, which reads them. */
public interface DataFiles {

    Logger LOG = LoggerFactory.getLogger(DataFiles.class);

    /** The default number of classes of images, which MNIST and data sets like it have. */
    int IMAGE_CLASSES = 10;

    /** Reads the sets as RDDs of this many partitions. */
    DataSets read(JavaSparkContext spark, int partitions);

    /** Reads, checks and caches the sets. Throws UserException if a row is bad, or the sets do not fit each other. */
    default TrainingData load(JavaSparkContext spark, Partitions cut) {
        spark.setJobDescription("reading the data");
        DataSets sets = read(spark, cut.number());
        LOG.info("Reading {} and {}", sets.training().source(), sets.test().source());
        TrainingData data = new TrainingData(spark, () -> TrainingData.sql(spark), sets, cut);
        spark.setJobDescription(null);
        return data;
    }

    /** Throws UserException if a file is missing, or its first bytes are not those of its format. */
    static DataFiles inspect(DataSettings settings, Configuration configuration) {
        // A switch over the sealed type needs Java 21.
        if (settings.location() instanceof DataSettings.Images images) {
            return inspect(images, settings, configuration);
        }
        return settings.location() instanceof DataSettings.Tables tables
                ? TableFiles.inspect(tables, settings, configuration)
                : inspect((DataSettings.LibsvmText) settings.location(), settings, configuration);
    }

    private static DataFiles inspect(DataSettings.Images images, DataSettings settings, Configuration configuration) {
        int classes = settings.classes() == null ? IMAGE_CLASSES : settings.classes();
        List<String> uris = uris(images, configuration);
        BiFunction<String, String, IdxExamples> pair =
                (imagesUri, labelsUri) -> IdxExamples.inspect(imagesUri, labelsUri, classes, configuration)
                        .transposed(images.transposed());
        IdxExamples training = pair.apply(uris.get(0), uris.get(1));
        IdxExamples test = pair.apply(uris.get(2), uris.get(3));
        training.requireSameShape(test);
        int most = DataSets.mostPartitions(training.rows(), test.rows());
        return (spark, partitions) -> {
            int cut = Math.min(partitions, most);
            return sets(training.read(spark, cut), test.read(spark, cut), settings);
        };
    }

    /** The URIs of the images and labels to train on and to test with. Throws UserException if the folder lacks one. */
    static List<String> uris(DataSettings.Images images, Configuration configuration) {
        List<String> named =
                Arrays.asList(images.trainImages(), images.trainLabels(), images.testImages(), images.testLabels());
        DatasetFiles[] usual = DatasetFiles.values();
        return IntStream.range(0, usual.length)
                .mapToObj(i -> named.get(i) != null ? named.get(i) : usual[i].in(images.folder(), configuration))
                .toList();
    }

    private static DataFiles inspect(DataSettings.LibsvmText text, DataSettings settings, Configuration configuration) {
        LibsvmExamples training = LibsvmExamples.inspect(text.train(), configuration);
        LibsvmExamples test = LibsvmExamples.inspect(text.test(), configuration);
        int features = settings.features() == null ? 0 : settings.features();
        return (spark, partitions) -> {
            Examples read = training.read(spark, features, settings.labels(), partitions);
            return sets(read, test.read(spark, read.features(), read.labels(), partitions), settings);
        };
    }

    /** Training and test set, and the training rows that are held out. */
    static DataSets sets(Examples training, Examples test, DataSettings settings) {
        boolean oneFold = settings.heldOutFold() != ExampleBlock.NO_FOLD;
        settings.folds().requireAtMost(training.rows());
        HoldOut heldOut = oneFold
                ? HoldOut.fold(settings.folds(), settings.heldOutFold())
                : HoldOut.draw(settings.validationRows(), training.rows(), settings.validationSeed());
        return new DataSets(
                training,
                heldOut,
                oneFold ? Folds.NONE : settings.folds(),
                test,
                settings.scaling(),
                settings.classWeighting());
    }
}
