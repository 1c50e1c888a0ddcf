package io.sparkperceptron.cluster;

import io.sparkperceptron.block.DatasetSummary;
import java.util.Arrays;
import java.util.Collection;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.storage.BlockManagerId;

/**
 * The memory that blocks need, and Spark's memory for storage, in bytes.
 *
 * @param blocks the blocks' need without pairs
 * @param pairs the pairs' need, which Spark does not count. Pairs are kept only if they and the blocks fit {@code storage}
 * @param storage the memory for storage of all executors
 * @param fraction of an executor's memory that is for storage
 */
public record StorageRoom(long blocks, long pairs, long storage, double fraction) {

    private static final double USUAL_FRACTION = 0.6;

    public boolean sufficesForPairs() {
        return pairs <= forPairs();
    }

    /** The memory for storage that blocks leave free for pairs. */
    public long forPairs() {
        return Math.max(0, storage - blocks);
    }

    /** The memory that all executors together lack for the blocks. Without it, Spark keeps some blocks on disk. */
    public long missing() {
        return Math.round(Math.max(0, blocks - storage) / fraction);
    }

    static StorageRoom of(SparkContext spark, Collection<DatasetSummary> summaries) {
        BlockManagerId driver = spark.env().blockManager().blockManagerId();
        long storage = Arrays.stream(spark.statusTracker().getExecutorInfos())
                .filter(info -> spark.isLocal()
                        || info.port() != driver.port()
                        || !info.host().equals(driver.host()))
                .mapToLong(SparkExecutorInfo::totalOnHeapStorageMemory)
                .sum();
        return new StorageRoom(
                summaries.stream().mapToLong(DatasetSummary::bytes).sum(),
                summaries.stream().mapToLong(DatasetSummary::pairBytes).sum(),
                storage,
                spark.conf().getDouble("spark.memory.fraction", USUAL_FRACTION));
    }
}
