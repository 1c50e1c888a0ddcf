package io.sparkperceptron.session;

import io.sparkperceptron.Build;
import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Comparison;
import io.sparkperceptron.analysis.GradientCheck;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterEvaluation;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.spark.Partitions;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.sql.SQLContext;
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

    private final JavaSparkContext context;
    private final Supplier<SparkSession> spark;
    private final DataSets sets;
    private final Partitions cut;
    private final CachedBlocks blocks;
    private final Runnable end;

    /** Caches data. Spark SQL starts when it is first needed. */
    TrainingData(JavaSparkContext context, Supplier<SparkSession> spark, DataSets sets, Partitions cut) {
        this.context = context;
        this.spark = spark;
        this.sets = sets;
        this.cut = cut.atMost(sets.mostPartitions());
        this.blocks = CachedBlocks.load(sets, this.cut);
        this.end = blocks::close;
    }

    /** Uses the cached blocks of {@code shared}, which stay open: {@link #close} runs {@code end} instead. */
    TrainingData(TrainingData shared, SparkSession spark, Runnable end) {
        this.context = shared.context;
        this.spark = () -> spark;
        this.sets = shared.sets;
        this.cut = shared.cut;
        this.blocks = shared.blocks;
        this.end = end;
    }

    /** The same as {@link #load(SparkSession, String, long)}, without validation rows. */
    public static TrainingData load(SparkSession spark, String folder) {
        return load(spark, folder, 0);
    }

    /**
     * Reads images of ten classes, pixels scaled by 1/255.
     *
     * @param folder with IDX files under MNIST's names, at any Hadoop URI
     * @param validationRows the number of training rows to hold out, drawn with seed 1, to choose runs and epochs by
     * @throws UserException if a file is missing or damaged
     */
    public static TrainingData load(SparkSession spark, String folder, long validationRows) {
        return load(spark, DataSettings.images(folder, validationRows));
    }

    /**
     * Reads any data, in as many partitions as the executors run tasks at once. It waits for the executors; see
     * {@link Partitions#ofExecutors}. Throws UserException if a file is missing or damaged, or the sets do not fit.
     */
    public static TrainingData load(SparkSession spark, DataSettings settings) {
        return load(spark, settings, Partitions.ofExecutors(spark.sparkContext()));
    }

    /**
     * The same as {@link #load(SparkSession, DataSettings)}, but all callers with the same images and the same Spark
     * share the cached blocks, until the last caller closes the data. If a file has changed, the images are read again.
     */
    public static TrainingData shared(SparkSession spark, DataSettings settings) {
        return SharedData.load(spark, settings);
    }

    /** The same as {@link #load(SparkSession, DataSettings)}, with a number of partitions. */
    public static TrainingData load(SparkSession spark, DataSettings settings, int partitions) {
        return load(spark, settings, Partitions.of(partitions));
    }

    private static TrainingData load(SparkSession spark, DataSettings settings, Partitions cut) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        DataFiles files = DataFiles.inspect(settings, context.hadoopConfiguration());
        return new TrainingData(context, () -> spark, files.read(context, cut.number()), cut);
    }

    /**
     * Caches any examples; see {@link io.sparkperceptron.data.Examples#of} for an RDD of labelled vectors.
     *
     * @param partitions the number of partitions, at most that of the larger set's blocks of 1,000 rows
     * @throws UserException if a row is bad, or the sets do not fit each other
     */
    public static TrainingData of(SparkSession spark, DataSets sets, int partitions) {
        return of(spark, sets, Partitions.of(partitions));
    }

    /** The same as {@link #of(SparkSession, DataSets, int)}, in as many partitions as executors run tasks at once. */
    public static TrainingData of(SparkSession spark, DataSets sets) {
        return of(spark, sets, Partitions.ofExecutors(spark.sparkContext()));
    }

    private static TrainingData of(SparkSession spark, DataSets sets, Partitions cut) {
        return new TrainingData(JavaSparkContext.fromSparkContext(spark.sparkContext()), () -> spark, sets, cut);
    }

    /** Spark SQL, from the older method. The newer method warns if spark-submit has started a Spark. */
    @SuppressWarnings("deprecation")
    static SparkSession sql(JavaSparkContext context) {
        return SQLContext.getOrCreate(context.sc()).sparkSession();
    }

    /** The training examples as read, including rows held out: label and pixels from 0 to 255. Not cached. */
    public JavaRDD<LabeledPoint> points() {
        return sets.training().points();
    }

    public long rows(Split split) {
        return blocks.summary(split).rows();
    }

    public int features() {
        return blocks.features();
    }

    public int classes() {
        return blocks.classes();
    }

    public ClassLabels labels() {
        return blocks.labels();
    }

    /** The shape of the images; null if the features are not pixels. */
    public ImageShape shape() {
        return blocks.shape();
    }

    /** The learning rates at which no step can raise the training cost, from about 10 passes over all training rows. */
    public StabilityBound stability() {
        try (Examination examination = new Examination(blocks, KernelChoice.AUTO, Long.MAX_VALUE)) {
            return examination.stability();
        }
    }

    /** Evaluates models on the test set, in one pass. */
    public Comparison evaluate(List<PerceptronModel> models) {
        return ClusterEvaluation.of(blocks, Split.TEST, models, 0);
    }

    /**
     * Compares the gradient at a model with differences of cost and penalty, without class weights.
     *
     * @param l2 lambda of the penalty lambda/2 |w|^2
     * @param features the features whose weights are checked, in all classes; d is the bias
     */
    public GradientCheck.Deviation checkGradient(
            PerceptronModel model, Loss loss, double l2, List<Integer> features, KernelChoice kernel) {
        return GradientCheck.check(
                new ClusterGradient(blocks.unweighted(), kernel), model, loss, l2, features, blocks.largestValue());
    }

    @Override
    public void close() {
        end.run();
    }

    /**
     * Starts runs on these data at a trained model. Throws UserException if the model has other classes, features or
     * scaling than the data.
     */
    public Start startAt(ModelFiles.Stored stored) {
        ModelDescription description = stored.description();
        if (description.features() != features() || !description.classLabels().equals(labels())) {
            throw new UserException("Expected a model to start from with the data's " + features() + " features and "
                    + labels() + ", found one of " + description.features() + " features and "
                    + description.classLabels());
        }
        if (!description.scaling().equals(sets.scaling().label())) {
            throw new UserException("Expected a model to start from whose features are scaled as the data are, "
                    + sets.scaling().label() + ", found " + description.scaling());
        }
        return Start.at(
                stored.factors().equals(blocks.factors())
                        ? stored.model()
                        : blocks.factors().over(stored.ofUnscaled()));
    }

    /** A model that was trained on these data, with its description. */
    ModelFiles.Stored stored(Run run, int epoch, PerceptronModel model) {
        ModelDescription description = new ModelDescription(
                run.name(),
                run.loss().label(),
                run.setting().values(),
                epoch,
                classes(),
                labels().listed(),
                features(),
                sets.training().featureNames(),
                sets.scaling().label(),
                shape(),
                blocks.summary(Split.TRAIN).fingerprint(),
                new Build().version());
        return new ModelFiles.Stored(description, model, blocks.factors());
    }

    /** A supplier that reads the same data again. */
    Supplier<TrainingData> source() {
        return () -> new TrainingData(context, spark, sets, cut);
    }

    JavaSparkContext context() {
        return context;
    }

    SparkSession spark() {
        return spark.get();
    }

    DataSets sets() {
        return sets;
    }

    CachedBlocks blocks() {
        return blocks;
    }
}
