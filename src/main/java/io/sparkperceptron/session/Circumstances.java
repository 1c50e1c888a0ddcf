package io.sparkperceptron.session;

import io.sparkperceptron.Build;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetSummary;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.results.TrainingRecord;
import io.sparkperceptron.results.TrainingRecord.Data;
import io.sparkperceptron.results.TrainingRecord.DataSet;
import io.sparkperceptron.results.TrainingRecord.Options;
import io.sparkperceptron.results.TrainingRecord.Provenance;
import org.apache.spark.api.java.JavaSparkContext;

/** What a training's record says of its data, and of where it is done. */
final class Circumstances {

    private Circumstances() {}

    static TrainingRecord record(TrainingData data, TrainingSettings settings) {
        DataSets sets = data.sets();
        return TrainingRecord.start(
                settings.arguments(),
                Options.of(
                        settings.plan(),
                        sets.folds(),
                        sets.scaling(),
                        sets.classWeighting(),
                        data.blocks().partitions()),
                data(sets, data.blocks()),
                provenance(data.context(), data.blocks().kernel(settings.kernel())));
    }

    private static Data data(DataSets sets, CachedBlocks blocks) {
        ImageShape shape = blocks.shape();
        return new Data(
                blocks.features(),
                blocks.classes(),
                blocks.labels().listed(),
                shape == null ? null : shape.height(),
                shape == null ? null : shape.width(),
                set(sets.training(), blocks.summary(Split.TRAIN)),
                set(sets.training(), blocks.summary(Split.VALIDATION)),
                set(sets.test(), blocks.summary(Split.TEST)));
    }

    private static DataSet set(Examples examples, DatasetSummary summary) {
        return new DataSet(examples.source(), summary.rows(), summary.fingerprint(), summary.bytes());
    }

    private static Provenance provenance(JavaSparkContext spark, KernelChoice kernel) {
        Build build = new Build();
        return new Provenance(
                build.version(),
                build.commit(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                spark.version(),
                spark.master(),
                kernel.description());
    }
}
