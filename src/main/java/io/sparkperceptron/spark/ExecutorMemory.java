package io.sparkperceptron.spark;

import org.apache.spark.SparkContext;

/** The heap of each executor in bytes, and the tasks of a pass that share it at once. */
public record ExecutorMemory(long heap, int tasks) {

    /** For a Spark whose tasks do not run in this process. It spreads the partitions across all executors. */
    public static ExecutorMemory of(SparkContext spark, int partitions) {
        Executors executors = Executors.of(spark);
        int tasks = Math.min(executors.slotsOfEach(), Executors.ceil(partitions, executors.number()));
        return new ExecutorMemory((long) spark.executorMemory() << 20, tasks);
    }
}
