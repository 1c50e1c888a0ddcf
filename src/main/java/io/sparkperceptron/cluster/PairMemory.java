package io.sparkperceptron.cluster;

import io.sparkperceptron.data.DatasetSummary;
import java.util.Arrays;
import java.util.Collection;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.storage.BlockManagerId;

/** The bytes that the blocks' pairs take, and so many that there is room for. */
public record PairMemory(long bytes, long room) {

    /** Whether the blocks are to be kept in pairs, too. */
    public boolean suffices() {
        return bytes <= room;
    }

    /**
     * For pairs beside blocks. Spark does not count the memory of pairs; together they may take what Spark would give to blocks
     * alone.
     */
    static PairMemory beside(SparkContext spark, Collection<DatasetSummary> summaries) {
        BlockManagerId driver = spark.env().blockManager().blockManagerId();
        long storage = Arrays.stream(spark.statusTracker().getExecutorInfos())
                .filter(info -> spark.isLocal()
                        || info.port() != driver.port()
                        || !info.host().equals(driver.host()))
                .mapToLong(SparkExecutorInfo::totalOnHeapStorageMemory)
                .sum();
        long blocks = summaries.stream().mapToLong(DatasetSummary::bytes).sum();
        return new PairMemory(
                summaries.stream().mapToLong(DatasetSummary::pairBytes).sum(), Math.max(0, storage - blocks));
    }
}
