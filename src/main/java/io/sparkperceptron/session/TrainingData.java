package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterAnalysis;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.HoldOut;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.FeatureScaling;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.sql.SparkSession;

/**
 * Examples to train on and to test with, cached on the executors until this is closed.
 *
 * <pre>{@code
 * try (TrainingData mnist = TrainingData.load(spark, "hdfs://host/mnist")) {
 *     Results results = new Sweep(mnist).rates(0.1, 0.5).epochs(100).train("hdfs://host/results/first");
 *     results.summary().show();
 * }
 * }</pre>
 */
public final class TrainingData implements AutoCloseable {

    private static final int CLASSES = 10;
    private static final long SEED = 1;

    private final SparkSession spark;
    private final DataSets sets;
    private final CachedBlocks blocks;

    private TrainingData(SparkSession spark, DataSets sets, int partitions) {
        this.spark = spark;
        this.sets = sets;
        this.blocks = CachedBlocks.load(sets, partitions);
    }

    /** Holds nothing out; else as {@link #load(SparkSession, String, long)}. */
    public static TrainingData load(SparkSession spark, String folder) {
        return load(spark, folder, 0);
    }

    /**
     * Reads images of ten classes, pixels scaled by 1/255, in a partition for each core that Spark knows of.
     *
     * @param folder with IDX files under MNIST's names, at any Hadoop URI
     * @param validationRows how many training rows to hold out, by a draw with seed 1, to choose runs and epochs by
     * @throws UserException if a file is missing or damaged
     */
    public static TrainingData load(SparkSession spark, String folder, long validationRows) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int partitions = context.defaultParallelism();
        Configuration configuration = context.hadoopConfiguration();
        IdxExamples training = examples(folder, DatasetFiles.TRAIN_IMAGES, DatasetFiles.TRAIN_LABELS, configuration);
        IdxExamples test = examples(folder, DatasetFiles.TEST_IMAGES, DatasetFiles.TEST_LABELS, configuration);
        training.requireSameShape(test);
        Examples read = training.read(context, partitions);
        HoldOut heldOut = HoldOut.draw(validationRows, read.rows(), SEED);
        return of(spark, new DataSets(read, heldOut, test.read(context, partitions), FeatureScaling.PIXEL), partitions);
    }

    /**
     * Any examples; see {@link io.sparkperceptron.data.Examples#of} for an RDD of labelled vectors.
     *
     * @param partitions of the cached blocks
     * @throws UserException if a row is bad, or the sets do not fit each other
     */
    public static TrainingData of(SparkSession spark, DataSets sets, int partitions) {
        return new TrainingData(spark, sets, partitions);
    }

    /** The training examples as they were read, those held out among them: class and pixels from 0 to 255. Not cached. */
    public JavaRDD<LabeledPoint> points() {
        return sets.training().points();
    }

    /** The number of examples in a set. */
    public long rows(Split split) {
        return blocks.summary(split).rows();
    }

    /** d. */
    public int features() {
        return blocks.features();
    }

    /** C. */
    public int classes() {
        return blocks.classes();
    }

    /** Up to which learning rate no step can raise the training cost: some ten passes over the data. */
    public StabilityBound stability() {
        return new StabilityBound(new ClusterAnalysis(blocks, KernelChoice.AUTO).largestEigenvalue());
    }

    @Override
    public void close() {
        blocks.close();
    }

    SparkSession spark() {
        return spark;
    }

    DataSets sets() {
        return sets;
    }

    CachedBlocks blocks() {
        return blocks;
    }

    private static IdxExamples examples(
            String folder, DatasetFiles images, DatasetFiles labels, Configuration configuration) {
        return IdxExamples.inspect(
                images.in(folder, configuration), labels.in(folder, configuration), CLASSES, configuration);
    }
}
