package io.sparkperceptron.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.TaskLocation;

/**
 * The executors that exist now.
 *
 * @param ids tell an executor from its replacement; empty if tasks run in this process
 * @param slots the tasks that all executors together run at once; 0 if there is no executor yet
 */
public record Executors(Set<String> ids, int slots) {

    public static Executors of(SparkContext spark) {
        return new Executors(
                spark.isLocal()
                        ? Set.of()
                        : Set.of(spark.getExecutorIds().mkString(" ").split(" ", -1)),
                TaskSlots.now(spark));
    }

    /** The number of executors, but 1 while there are none. */
    public int number() {
        return Math.max(1, ids.size());
    }

    /** The least rounds of tasks in a pass. */
    public int rounds(int partitions) {
        return ceil(partitions, Math.max(1, slots));
    }

    /**
     * The rounds of tasks in a pass where each task runs on the executor that holds its partition. Uses the places that
     * Spark found when its last job began, and assumes that all executors run equally many tasks.
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

    /** The tasks that one executor runs at once, at least 1, if all run equally many. */
    int slotsOfEach() {
        return ceil(Math.max(1, slots), number());
    }

    public static int ceil(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
