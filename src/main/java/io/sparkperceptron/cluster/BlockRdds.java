package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.BySplit;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.spark.Rdds;
import io.sparkperceptron.spark.SparkFailures;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Operations on RDDs of blocks, cached or not. */
final class BlockRdds {

    private BlockRdds() {}

    /** Puts the blocks of partition i of both RDDs into partition i. */
    static JavaRDD<ExampleBlock> together(JavaRDD<ExampleBlock> training, JavaRDD<ExampleBlock> test) {
        return training.zipPartitions(test, (first, second) -> new Iterator<ExampleBlock>() {
            @Override
            public boolean hasNext() {
                if (TaskContext.get().isInterrupted()) {
                    // The job failed elsewhere.
                    throw new TaskKilledException("no longer needed");
                }
                return first.hasNext() || second.hasNext();
            }

            @Override
            public ExampleBlock next() {
                return first.hasNext() ? first.next() : second.next();
            }
        });
    }

    /**
     * Makes a pass with a broadcast value. Throws a {@link UserException} if the pass fails.
     *
     * @param pass runs one Spark job
     */
    static <V, T> T sending(JavaRDD<ExampleBlock> blocks, V value, Function<Broadcast<V>, T> pass) {
        Broadcast<V> sent = broadcast(blocks, value);
        try {
            return SparkFailures.unwrap(() -> pass.apply(sent));
        } finally {
            sent.destroy();
        }
    }

    static <V> Broadcast<V> broadcast(JavaRDD<?> rdd, V value) {
        return JavaSparkContext.fromSparkContext(rdd.context()).broadcast(value);
    }

    /** Keeps {@code kept} of {@code all} training blocks, evenly spread, and the test blocks if {@code tested}. */
    static JavaRDD<ExampleBlock> excerpt(JavaRDD<ExampleBlock> blocks, long kept, long all, boolean tested) {
        return Rdds.filter(blocks, block -> switch (block.split()) {
            case TRAIN -> (block.number() + 1) * kept / all > block.number() * kept / all;
            case VALIDATION -> false;
            case TEST -> tested;
        });
    }

    static BlockTotals.Total trainingTotal(JavaRDD<ExampleBlock> blocks) {
        long[] sums = Rdds.reduce(
                blocks,
                part -> {
                    long[] ofPart = new long[2];
                    while (part.hasNext()) {
                        ExampleBlock block = part.next();
                        if (block.split() == Split.TRAIN) {
                            ofPart[0] += block.rows();
                            ofPart[1] += block.hash();
                        }
                    }
                    return ofPart;
                },
                (one, other) -> new long[] {one[0] + other[0], one[1] + other[1]});
        return new BlockTotals.Total(sums[0], sums[1]);
    }

    /** Removes cached blocks after the tasks that use them. Otherwise the end of Spark would interrupt this. */
    static void remove(JavaRDD<ExampleBlock> blocks) {
        blocks.unpersist(true);
    }

    static BySplit<DatasetSummary> summaries(Iterator<ExampleBlock> blocks, ClassLabels labels) {
        BySplit<DatasetSummary> summaries = new BySplit<>(() -> new DatasetSummary(labels.count()));
        while (blocks.hasNext()) {
            ExampleBlock block = blocks.next();
            summaries.of(block.split()).add(block, labels);
            block.pair();
        }
        return summaries;
    }
}
