package io.sparkperceptron.cluster;

import io.sparkperceptron.data.DatasetSummary;
import java.util.Arrays;
import java.util.Collection;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.storage.BlockManagerId;

/**
 * What blocks take of the memory that Spark has for storage, in bytes.
 *
 * @param blocks what they take
 * @param pairs what they take beside it, if they are kept in pairs, too. Spark does not count that; together they may take what Spark
 *     would give to blocks alone
 * @param storage what there is in all executors
 */
public record StorageRoom(long blocks, long pairs, long storage) {

    /** Whether the blocks are to be kept in pairs, too. */
    public boolean sufficesForPairs() {
        return pairs <= forPairs();
    }

    /** What blocks leave for pairs. */
    public long forPairs() {
        return Math.max(0, storage - blocks);
    }

    /** What is wanting for the blocks themselves, which are then in part on disk; 0 if nothing is. */
    public long missing() {
        return Math.max(0, blocks - storage);
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
                storage);
    }
}
