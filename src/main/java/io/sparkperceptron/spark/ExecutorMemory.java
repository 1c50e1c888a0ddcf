package io.sparkperceptron.spark;

import org.apache.spark.SparkContext;

/**
 * What each executor has for the tasks of a pass.
 *
 * @param heap in bytes
 * @param tasks that run on it at once
 */
public record ExecutorMemory(long heap, int tasks) {

    /** On a Spark whose tasks do not run in this process, which deals the partitions out to all executors. */
    public static ExecutorMemory of(SparkContext spark, int partitions) {
        Executors executors = Executors.of(spark);
        int tasks = Math.min(executors.slotsOfEach(), Executors.ceil(partitions, executors.number()));
        return new ExecutorMemory((long) spark.executorMemory() << 20, tasks);
    }
}
