package io.sparkperceptron.cluster;

import io.sparkperceptron.block.DatasetSummary;
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
 * @param fraction of an executor's memory that is for storage
 */
public record StorageRoom(long blocks, long pairs, long storage, double fraction) {

    private static final double USUAL_FRACTION = 0.6;

    /** Whether the blocks are to be kept in pairs, too. */
    public boolean sufficesForPairs() {
        return pairs <= forPairs();
    }

    /** What blocks leave for pairs. */
    public long forPairs() {
        return Math.max(0, storage - blocks);
    }

    /** How much more memory executors, all together, would have to have for the blocks themselves, which else are in part on disk. */
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
