package io.sparkperceptron.spark;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;

/**
 * The executors at one moment.
 *
 * @param ids of the executors, which differ from those of their replacements; empty if tasks run in this process, or before the first executor
 * @param slots the tasks that all executors together run at once; 0 if there is no executor yet
 */
public record Executors(Set<String> ids, int slots) {

    public static Executors of(SparkContext spark) {
        Set<String> ids = spark.isLocal()
                ? Set.of()
                : Set.of(StringUtils.split(spark.getExecutorIds().mkString(" ")));
        return new Executors(ids, TaskSlots.now(spark));
    }

    /** The number of executors, but 1 while there are none. */
    public int number() {
        return Math.max(1, ids.size());
    }

    /** The smallest number of rounds of tasks in a pass. */
    public int rounds(int partitions) {
        return ceil(partitions, Math.max(1, slots));
    }

    /**
     * The rounds of tasks in a pass where each task runs on the executor that holds its partition. Uses the locations
     * that Spark found when its last job began. Assumes that every executor runs the same number of tasks.
     */
    public int rounds(RDD<?> cached) {
        int most = holders(cached).values().stream().max(Integer::compare).orElse(0);
        return Math.max(rounds(cached.getNumPartitions()), ceil(most, slotsOfEach()));
    }

    /** The number of partitions on each executor, by {@code executor_HOST_ID}, as Spark's last job found them. */
    public static Map<String, Integer> holders(RDD<?> cached) {
        SparkContext spark = cached.context();
        Map<String, Integer> numbers = new TreeMap<>();
        for (int partition = 0; partition < cached.getNumPartitions(); partition++) {
            spark.getPreferredLocs(cached, partition)
                    .headOption()
                    .foreach(place -> numbers.merge(place.toString(), 1, Integer::sum));
        }
        return numbers;
    }

    /** The tasks of a pass that one executor runs at once, if the partitions are spread across all executors. */
    public int tasksOfEach(int partitions) {
        return Math.min(slotsOfEach(), ceil(partitions, number()));
    }

    /** The tasks that one executor runs at once, at least 1, if all run the same number. */
    private int slotsOfEach() {
        return ceil(Math.max(1, slots), number());
    }

    public static int ceil(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
