package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.BySplit;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.spark.Executors;
import io.sparkperceptron.spark.Partitions;
import io.sparkperceptron.spark.Rdds;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.spark.TaskSlots;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * The training set, the rows held out of it and the test set in one cached RDD of blocks. Each partition holds a part
 * of each set, so that one job passes over all.
 */
public final class CachedBlocks implements AutoCloseable {

    /** {@link #redistribute} replaces it. */
    private volatile JavaRDD<ExampleBlock> blocks;

    private final DataSets sets;
    private final BySplit<DatasetSummary> summaries;
    private final StandardScaling scaling;
    private final ClassWeights classWeights;
    /** The totals of these blocks; sets that are left out have none. */
    private final BlockTotals totals;

    private final boolean partitionsChosen;
    private double secondsToRead;
    private volatile boolean pairs;

    private CachedBlocks(
            JavaRDD<ExampleBlock> blocks,
            DataSets sets,
            BySplit<DatasetSummary> summaries,
            StandardScaling scaling,
            ClassWeights classWeights,
            BlockTotals totals,
            boolean partitionsChosen) {
        this.blocks = blocks;
        this.sets = sets;
        this.summaries = summaries;
        this.scaling = scaling;
        this.classWeights = classWeights;
        this.totals = totals;
        this.partitionsChosen = partitionsChosen;
        this.pairs = room().sufficesForPairs();
    }

    /**
     * Reads, checks and caches all sets in one Spark job. Standard scaling takes two more jobs. Throws a
     * {@link UserException} if a row is bad, or the training and the test set do not fit each other.
     */
    public static CachedBlocks load(DataSets sets, Partitions cut) {
        long started = System.nanoTime();
        Examples training = sets.training();
        sets.requireFit();
        ClassLabels labels = training.labels();
        JavaRDD<ExampleBlock> trained = training.blocks(sets.heldOut(), sets.folds(), sets.scaling(), cut.number());
        JavaRDD<ExampleBlock> blocks = sets.test().isNone()
                ? CutRdd.of(trained).setName("training blocks")
                : CutRdd.of(BlockRdds.together(trained, sets.test().blocks(Split.TEST, sets.scaling(), cut.number())))
                        .setName("training and test blocks");
        blocks.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            BySplit<DatasetSummary> summaries = SparkFailures.unwrap(() -> Rdds.reduce(
                    blocks,
                    part -> BlockRdds.summaries(part, labels),
                    (one, other) -> one.merge(other, DatasetSummary::merge)));
            sets.requireRows(summaries);
            StandardScaling scaling = sets.scaling() == FeatureScaling.STANDARD
                    ? StandardScaling.of(blocks, training.features(), summaries.of(Split.TRAIN))
                    : StandardScaling.NONE;
            ClassWeights classWeights = sets.classWeights(summaries.of(Split.TRAIN));
            CachedBlocks cached = new CachedBlocks(
                    blocks, sets, summaries, scaling, classWeights, BlockTotals.of(sets, summaries), cut.chosen());
            cached.secondsToRead = (System.nanoTime() - started) / 1e9;
            return cached;
        } catch (RuntimeException e) {
            BlockRdds.remove(blocks);
            throw e;
        }
    }

    public KernelChoice kernel(KernelChoice wanted) {
        return wanted.forRows(summary(Split.TRAIN), features());
    }

    public StorageRoom room() {
        return StorageRoom.of(blocks.context(), summaries.all());
    }

    /**
     * A sample for many cheap passes: whole training blocks, evenly spread, with about {@code mostRows} rows, and the
     * test set unless it has more rows. The number of rows alone decides which blocks they are. Sums over them use the
     * grid of all blocks. If the training set has more rows, this takes one pass over all, and the sample is cached
     * until it is closed.
     */
    public CachedBlocks excerpt(long mostRows) {
        long all = rows(Split.TRAIN);
        boolean tested = rows(Split.TEST) <= mostRows;
        if (all <= mostRows) {
            return withTest(tested);
        }
        long trainingBlocks = trainingBlocks();
        JavaRDD<ExampleBlock> excerpt = BlockRdds.excerpt(
                        blocks, Math.max(1, trainingBlocks * mostRows / all), trainingBlocks, tested)
                .setName("training blocks to look at, and test blocks")
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            BlockTotals.Total sampled = SparkFailures.unwrap(() -> BlockRdds.trainingTotal(excerpt));
            return with(excerpt, classWeights, totals.with(sampled, tested));
        } catch (RuntimeException e) {
            BlockRdds.remove(excerpt);
            throw e;
        }
    }

    /** The training blocks alone. They share this cache and need not be closed. */
    public CachedBlocks trainingAlone() {
        return withTest(false);
    }

    /** The same blocks without class weights. They share this cache and need not be closed. */
    public CachedBlocks unweighted() {
        return with(blocks, ClassWeights.NONE, totals);
    }

    private CachedBlocks withTest(boolean tested) {
        return with(
                Rdds.filter(blocks, block -> block.split() == Split.TRAIN || (tested && block.split() == Split.TEST)),
                classWeights,
                totals.with(totals.total(Split.TRAIN), tested));
    }

    private CachedBlocks with(JavaRDD<ExampleBlock> others, ClassWeights weights, BlockTotals inThem) {
        return new CachedBlocks(others, sets, summaries, scaling, weights, inThem, partitionsChosen);
    }

    JavaRDD<ExampleBlock> blocks() {
        return blocks;
    }

    JavaRDD<ExampleBlock> blocks(Split set) {
        return Rdds.filter(blocks, block -> block.split() == set);
    }

    /** Whether there is memory for pairs too. */
    boolean keepsPairs() {
        return pairs;
    }

    void updateKeepsPairs() {
        pairs = room().sufficesForPairs();
    }

    boolean partitionsChosen() {
        return partitionsChosen;
    }

    /** The time that {@link #load} took, in seconds. */
    double secondsToRead() {
        return secondsToRead;
    }

    /** The number of tasks of a pass that can run at once. */
    int parallelism() {
        return Math.min(partitions(), Math.max(1, TaskSlots.now(blocks.context())));
    }

    /**
     * Redistributes the blocks across all executors in one job. Passes of other trainings go on with the earlier
     * blocks, which they then read again. If it throws, the blocks stay where they are.
     */
    synchronized void redistribute(int partitions) {
        JavaRDD<ExampleBlock> before = blocks;
        blocks = RedistributedRdd.of(before, partitions, trainingBlocks(), Examples.blocksOf(rows(Split.TEST)));
        updateKeepsPairs();
        // Does not wait, because an executor that is being lost does not answer.
        before.unpersist(false);
    }

    int mostPartitions() {
        return DataSets.mostPartitions(rows(Split.TRAIN) + rows(Split.VALIDATION), rows(Split.TEST));
    }

    /** The number of blocks of the training set, with the rows held out of it. */
    private long trainingBlocks() {
        return Examples.blocksOf(rows(Split.TRAIN) + rows(Split.VALIDATION));
    }

    public int partitions() {
        return blocks.getNumPartitions();
    }

    /** The number of partitions on each executor: see {@link Executors#holders}. */
    public Map<String, Integer> holders() {
        return Executors.holders(blocks.rdd());
    }

    /** A number that every redistribution changes. */
    public int placing() {
        return blocks.id();
    }

    public int features() {
        return sets.training().features();
    }

    public int classes() {
        return sets.training().classes();
    }

    public Folds folds() {
        return sets.folds();
    }

    public ClassLabels labels() {
        return sets.training().labels();
    }

    /** The shape of the images; null if the examples are not images. */
    public ImageShape shape() {
        return sets.training().shape();
    }

    /** The summary of the whole set, even if this is a sample. */
    public DatasetSummary summary(Split split) {
        return summaries.of(split);
    }

    /** The number of rows of a set in these blocks. */
    public long rows(Split split) {
        return totals.rows(split);
    }

    BlockTotals totals() {
        return totals;
    }

    /** The factors that multiply the features of the blocks before the model sees them. */
    public FeatureFactors factors() {
        return scaling.factors();
    }

    /** The factors of the cost and the gradient of each class's examples. */
    public ClassWeights classWeights() {
        return classWeights;
    }

    /** Whether training rows or classes have weights other than 1, which costs leave out. */
    public boolean isWeighted() {
        return !classWeights.areNone() || summary(Split.TRAIN).isWeighted();
    }

    /** The grid for sums over all sets, before their multiplication by {@link #factors}. */
    public FixedPointGrid grid() {
        return FixedPointGrid.forData(
                summaries.all().stream().mapToLong(DatasetSummary::rows).sum(),
                sets.parts(),
                largestInBlocks(),
                classWeights.largest() * Math.max(1, summary(Split.TRAIN).largestWeight()),
                features(),
                feature -> Math.max(
                        summary(Split.TRAIN).sizeOf(feature),
                        summary(Split.VALIDATION).sizeOf(feature)));
    }

    /** The largest |x| as the model sees it. With standard scaling, only training examples count. */
    public double largestValue() {
        return scaling.factors().areNone() ? largestInBlocks() : scaling.largestValue();
    }

    private double largestInBlocks() {
        return summaries.all().stream()
                .mapToDouble(DatasetSummary::largestValue)
                .max()
                .orElseThrow();
    }

    @Override
    public void close() {
        BlockRdds.remove(blocks);
    }
}
