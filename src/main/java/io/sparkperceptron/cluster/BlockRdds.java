package io.sparkperceptron.cluster;

import io.sparkperceptron.block.BySplit;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.ClassLabels;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;

/** Operations on RDDs of blocks, cached or not. */
final class BlockRdds {

    private BlockRdds() {}

    /** Joins partition i of both. */
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

    /** {@code kept} of {@code numbers} training blocks, evenly spread, and the test blocks if {@code tested}. */
    static JavaRDD<ExampleBlock> excerpt(JavaRDD<ExampleBlock> blocks, long kept, long numbers, boolean tested) {
        return blocks.filter(block -> switch (block.split()) {
            case TRAIN -> (block.number() + 1) * kept / numbers > block.number() * kept / numbers;
            case VALIDATION -> false;
            case TEST -> tested;
        });
    }

    /** Waits for the end, and for tasks that still use the blocks. Otherwise the end of Spark would interrupt it. */
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
