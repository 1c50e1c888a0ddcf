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
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.LabeledPoint;
import scala.Tuple2;

/**
 * A set of labelled vectors in a fixed order. Rows are numbered from 0 through all partitions.
 *
 * @param points the vectors, unscaled, with the labels of the data; null if there is no test set
 * @param partitionRows the number of vectors in each partition
 * @param features d
 * @param featureNames of all features, for people; null if they are unknown
 * @param labels the labels of the C classes
 * @param shape the shape of the images; null if the vectors are not images
 * @param source where the vectors come from, for messages; logins in it are masked
 */
public record Examples(
        JavaRDD<LabeledPoint> points,
        List<Long> partitionRows,
        int features,
        List<String> featureNames,
        ClassLabels labels,
        ImageShape shape,
        String source) {

    /** With more classes, a confusion matrix would be too large to store or to read. */
    public static final int MOST_CLASSES = 4096;

    /**
     * Checks that this process can hold a model of these examples. Throws a {@link UserException} if there are more
     * than {@link #MOST_CLASSES} classes, or the weights do not fit an array or the memory.
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

    /** Examples whose features have no names. */
    public Examples(
            JavaRDD<LabeledPoint> points,
            List<Long> partitionRows,
            int features,
            ClassLabels labels,
            ImageShape shape,
            String source) {
        this(points, partitionRows, features, null, labels, shape, source);
    }

    /**
     * Examples from an RDD of labelled vectors. Runs one Spark job, which counts the rows of each partition. Packing
     * the examples throws a {@link UserException} if a vector or label does not fit.
     *
     * @param labels the allowed labels; for a test set, those of the training set
     */
    public static Examples of(
            JavaRDD<LabeledPoint> points, int features, ClassLabels labels, ImageShape shape, String source) {
        List<Long> counts = SparkFailures.unwrap(
                () -> points.mapPartitions(rows -> List.of(stream(rows).count()).iterator())
                        .collect());
        return new Examples(points, counts, features, labels, shape, source);
    }

    /**
     * A training set from an RDD of vectors whose labels are any whole numbers. Runs one Spark job, which finds all
     * labels. They become the classes, in ascending order. Throws a {@link UserException} if a label is not a whole
     * number, or there are too many labels.
     */
    public static Examples of(JavaRDD<LabeledPoint> points, int features, ImageShape shape, String source) {
        List<FoundLabels> parts = SparkFailures.unwrap(
                () -> points.mapPartitions(rows -> labels(rows, source)).collect());
        ClassLabels labels = FoundLabels.merged(parts.stream()).classes(source);
        return new Examples(points, parts.stream().map(FoundLabels::rows).toList(), features, labels, shape, source);
    }

    /** Stands for a missing test set. */
    public static Examples none(Examples training) {
        return new Examples(null, List.of(), training.features(), training.labels(), training.shape(), "no test set");
    }

    /** Whether these are {@link #none}. */
    public boolean isNone() {
        return points == null;
    }

    /** C, the number of classes. */
    public int classes() {
        return labels.count();
    }

    /** n, the number of examples. */
    public long rows() {
        return partitionRows.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The examples as blocks, not cached. Each partition has consecutive blocks. Rows are shuffled to their blocks
     * once, unless the vectors are in {@code partitions} partitions that already end where blocks end.
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
        JavaPairRDD<Long, Tuple2<Integer, LabeledPoint>> rowsByBlock = JavaPairRDD.fromJavaRDD(
                points.mapPartitionsWithIndex((index, rows) -> numbered(rows, starts.get(index)), false));
        return rowsByBlock.groupByKey(evenly(blocks, partitions)).map(block -> {
            Iterator<LabeledPoint> rows = stream(block._2().iterator())
                    .sorted(Comparator.comparingInt(row -> row._1()))
                    .map(row -> row._2())
                    .iterator();
            return packer.packBlock(rows, block._1());
        });
    }

    /** The blocks of a training set, divided by what is held out or by folds. Not cached. */
    public JavaRDD<ExampleBlock> blocks(HoldOut heldOut, Folds folds, FeatureScaling scaling, int partitions) {
        JavaRDD<ExampleBlock> blocks = blocks(Split.TRAIN, scaling, partitions);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(blocks.context());
        // Both hold data for each row. Without the broadcast, every task of every pass would include these data.
        if (!heldOut.isNone()) {
            Broadcast<HoldOut> broadcast = context.broadcast(heldOut);
            return blocks.flatMap(block -> broadcast.value().divide(block).iterator());
        }
        if (folds.given() != null) {
            int count = folds.count();
            Broadcast<String> given = context.broadcast(folds.given());
            return blocks.flatMap(
                    block -> new Folds(count, 0, given.value()).divide(block).iterator());
        }
        return folds.isNone()
                ? blocks
                : blocks.flatMap(block -> folds.divide(block).iterator());
    }

    /** The number of blocks that {@code rows} rows make. */
    public static long blocksOf(long rows) {
        return (rows + ExampleBlock.ROWS - 1) / ExampleBlock.ROWS;
    }

    /** The remaining elements of an iterator, as a lazy stream. */
    static <T> Stream<T> stream(Iterator<T> rows) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false);
    }

    private static Iterator<FoundLabels> labels(Iterator<LabeledPoint> rows, String source) {
        FoundLabels found = new FoundLabels();
        rows.forEachRemaining(row -> {
            if (!FoundLabels.isLabel(row.label())) {
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
        return LongStream.iterate(start, row -> rows.hasNext(), row -> row + 1)
                .mapToObj(row -> new Tuple2<>(
                        row / ExampleBlock.ROWS, new Tuple2<>((int) (row % ExampleBlock.ROWS), rows.next())))
                .iterator();
    }

    /** Divides consecutive blocks as evenly as possible among the partitions. */
    private static Partitioner evenly(long blocks, int partitions) {
        return new Partitioner() {
            @Override
            public int numPartitions() {
                return partitions;
            }

            @Override
            public int getPartition(Object block) {
                return (int) ((long) block * partitions / blocks);
            }
        };
    }
}
