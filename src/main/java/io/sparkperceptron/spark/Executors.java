package io.sparkperceptron.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.TaskLocation;

/**
 * The executors that there are.
 *
 * @param ids by which one that takes another's place is told from it; none where tasks run in this process
 * @param slots the tasks that all of them run at once; 0 if there is none yet
 */
public record Executors(Set<String> ids, int slots) {

    public static Executors of(SparkContext spark) {
        return new Executors(
                spark.isLocal()
                        ? Set.of()
                        : Set.of(spark.getExecutorIds().mkString(" ").split(" ", -1)),
                TaskSlots.now(spark));
    }

    /** At least 1, as where they are still to come. */
    public int number() {
        return Math.max(1, ids.size());
    }

    /** The rounds of tasks that a pass takes, at least. */
    public int rounds(int partitions) {
        return ceil(partitions, Math.max(1, slots));
    }

    /**
     * The rounds that a pass takes where each task runs on the executor that its partition is on, as Spark found them when its last job
     * began, if all executors run as many tasks.
     */
    public int rounds(RDD<?> cached) {
        SparkContext spark = cached.context();
        int partitions = cached.getNumPartitions();
        Map<String, Integer> numbers = new HashMap<>();
        int most = 0;
        for (int partition = 0; partition < partitions; partition++) {
            scala.Option<TaskLocation> location =
                    spark.getPreferredLocs(cached, partition).headOption();
            if (location.isDefined()) {
                most = Math.max(most, numbers.merge(location.get().toString(), 1, Integer::sum));
            }
        }
        return Math.max(rounds(partitions), ceil(most, slotsOfEach()));
    }

    /** The tasks that each runs at once, if all run as many; at least 1. */
    int slotsOfEach() {
        return ceil(Math.max(1, slots), number());
    }

    public static int ceil(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
