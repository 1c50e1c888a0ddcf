package io.sparkperceptron.data;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.Secrets;
import io.sparkperceptron.UserException;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.spark.SparkFailures;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.LabeledPoint;
import scala.Tuple2;

/**
 * A set of labelled vectors, in an order of its own: global row number i is the i-th vector, counted through the
 * partitions.
 *
 * @param points the vectors, unscaled, with labels as people have them; null for a test set that there is none of
 * @param partitionRows the number of vectors in each partition
 * @param features d
 * @param labels those of the C classes
 * @param shape of the images, or null if the vectors are none
 * @param source where they come from, for messages; logins in it are masked
 */
public record Examples(
        JavaRDD<LabeledPoint> points,
        List<Long> partitionRows,
        int features,
        ClassLabels labels,
        ImageShape shape,
        String source) {

    /** More would make a confusion matrix too large to hold or to look at. */
    public static final int MOST_CLASSES = 4096;

    /**
     * Checks that a model of these examples can be held.
     *
     * @throws UserException if there are more than {@link #MOST_CLASSES} classes, or the weights fit no array, or not the
     *     memory of this process
     */
    public Examples {
        partitionRows = List.copyOf(partitionRows);
        source = Secrets.masked(source);
        int classes = labels.count();
        if (classes > MOST_CLASSES) {
            throw new UserException(
                    "Expected at most " + MOST_CLASSES + " classes, found " + classes + " in " + source);
        }
        long weights = (features + 1L) * classes;
        long memory = Runtime.getRuntime().maxMemory();
        String fewer = shape == null ? "; renumber the features, or hash them to fewer" : "";
        if (weights >= Integer.MAX_VALUE) {
            throw new UserException("Expected a model of fewer than " + Integer.MAX_VALUE + " weights, found "
                    + features + " features and " + classes + " classes in " + source + fewer);
        }
        if (weights * Weights.BYTES_TO_HOLD > memory) {
            throw new UserException(
                    "Expected a model that fits " + memory / 1_000_000 + " MB of memory, found "
                            + features + " features and " + classes + " classes in " + source + ", which take "
                            + weights * Weights.BYTES_TO_HOLD / 1_000_000 + " MB" + fewer,
                    Remedy.DRIVER_MEMORY);
        }
    }

    /** Of classes whose labels are their numbers, from 0 to {@code classes} - 1. */
    public Examples(
            JavaRDD<LabeledPoint> points,
            List<Long> partitionRows,
            int features,
            int classes,
            ImageShape shape,
            String source) {
        this(points, partitionRows, features, ClassLabels.upTo(classes), shape, source);
    }

    /** Any RDD of vectors with labels from 0 to {@code classes} - 1; else as {@link #of(JavaRDD, int, ClassLabels, ImageShape, String)}. */
    public static Examples of(
            JavaRDD<LabeledPoint> points, int features, int classes, ImageShape shape, String source) {
        return of(points, features, ClassLabels.upTo(classes), shape, source);
    }

    /**
     * Any RDD of labelled vectors as examples. Counts its partitions, which is one Spark job.
     *
     * @param labels those of the training set's examples, for a test set
     * @throws UserException later, when the blocks are made, if a vector or label does not fit
     */
    public static Examples of(
            JavaRDD<LabeledPoint> points, int features, ClassLabels labels, ImageShape shape, String source) {
        List<Long> counts = points.mapPartitions(Examples::count).collect();
        return new Examples(points, counts, features, labels, shape, source);
    }

    /**
     * Any RDD of vectors with any whole numbers as labels as a training set. Looks at all labels, which is one Spark job: they are
     * the classes, in ascending order.
     *
     * @throws UserException if a label is no whole number, or there are too many
     */
    public static Examples of(JavaRDD<LabeledPoint> points, int features, ImageShape shape, String source) {
        List<FoundLabels> parts = SparkFailures.unwrap(
                () -> points.mapPartitions(rows -> labels(rows, source)).collect());
        FoundLabels all = new FoundLabels();
        parts.forEach(all::merge);
        return new Examples(
                points, parts.stream().map(FoundLabels::rows).toList(), features, all.classes(source), shape, source);
    }

    /** No test set for a training set: it is only trained on then. */
    public static Examples none(Examples training) {
        return new Examples(null, List.of(), training.features(), training.labels(), training.shape(), "no test set");
    }

    /** Whether these are {@link #none}. */
    public boolean isNone() {
        return points == null;
    }

    /** C. */
    public int classes() {
        return labels.count();
    }

    /** n. */
    public long rows() {
        return partitionRows.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The examples as blocks in {@code partitions} partitions, each with a run of consecutive blocks. Where the vectors
     * are cut at block boundaries already nothing moves; else the rows are shuffled to their blocks once.
     *
     * @return an RDD that is not cached
     */
    public JavaRDD<ExampleBlock> blocks(Split split, FeatureScaling scaling, int partitions) {
        BlockPacker packer = new BlockPacker(split, features, labels, scaling);
        List<Long> starts = new ArrayList<>();
        long next = 0;
        boolean aligned = partitionRows.size() == partitions;
        for (long rows : partitionRows) {
            starts.add(next);
            aligned &= rows == 0 || next % ExampleBlock.ROWS == 0;
            next += rows;
        }
        if (aligned) {
            return points.mapPartitionsWithIndex(
                    (index, rows) -> packer.pack(rows, starts.get(index) / ExampleBlock.ROWS), true);
        }
        long blocks = blocksOf(next);
        JavaPairRDD<Long, Tuple2<Integer, LabeledPoint>> rowsByBlock = points.mapPartitionsWithIndex(
                        (index, rows) -> numbered(rows, starts.get(index)), false)
                .mapToPair(row -> row);
        return rowsByBlock
                .groupByKey(new BlockPartitioner(blocks, partitions))
                .map(block -> packer.packBlock(inOrder(block._2()), block._1()));
    }

    /** The examples as a training set, with what is held out of it, or in folds; likewise. */
    public JavaRDD<ExampleBlock> blocks(HoldOut heldOut, Folds folds, FeatureScaling scaling, int partitions) {
        JavaRDD<ExampleBlock> blocks = blocks(Split.TRAIN, scaling, partitions);
        if (heldOut.count() > 0) {
            // A bit for each row, which would else go out with every task of every pass.
            Broadcast<HoldOut> broadcast =
                    JavaSparkContext.fromSparkContext(blocks.context()).broadcast(heldOut);
            return blocks.flatMap(block -> broadcast.value().divide(block).iterator());
        }
        return folds.isNone()
                ? blocks
                : blocks.flatMap(block -> folds.divide(block).iterator());
    }

    /** The number of blocks that {@code rows} rows make. */
    public static long blocksOf(long rows) {
        return (rows + ExampleBlock.ROWS - 1) / ExampleBlock.ROWS;
    }

    private static Iterator<Long> count(Iterator<LabeledPoint> rows) {
        long count = 0;
        while (rows.hasNext()) {
            rows.next();
            count++;
        }
        return List.of(count).iterator();
    }

    private static Iterator<FoundLabels> labels(Iterator<LabeledPoint> rows, String source) {
        FoundLabels found = new FoundLabels();
        rows.forEachRemaining(row -> {
            if (!FoundLabels.areWhole(row.label())) {
                throw new UserException(
                        "Expected " + FoundLabels.expected(row.label()) + " in " + source + ", found " + row.label());
            }
            found.add((int) row.label());
        });
        return List.of(found).iterator();
    }

    /** Each row as (block, (row in the block, point)). */
    private static Iterator<Tuple2<Long, Tuple2<Integer, LabeledPoint>>> numbered(
            Iterator<LabeledPoint> rows, long start) {
        return new Iterator<>() {
            private long row = start;

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Tuple2<Long, Tuple2<Integer, LabeledPoint>> next() {
                int inBlock = (int) (row % ExampleBlock.ROWS);
                return new Tuple2<>(row++ / ExampleBlock.ROWS, new Tuple2<>(inBlock, rows.next()));
            }
        };
    }

    private static Iterator<LabeledPoint> inOrder(Iterable<Tuple2<Integer, LabeledPoint>> rows) {
        TreeMap<Integer, LabeledPoint> sorted = new TreeMap<>();
        rows.forEach(row -> sorted.put(row._1(), row._2()));
        return sorted.values().iterator();
    }

    /** Gives each partition a run of consecutive blocks, as even as can be. */
    private static final class BlockPartitioner extends Partitioner {

        private final long blocks;
        private final int partitions;

        BlockPartitioner(long blocks, int partitions) {
            this.blocks = blocks;
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object block) {
            return (int) ((long) block * partitions / blocks);
        }
    }
}
