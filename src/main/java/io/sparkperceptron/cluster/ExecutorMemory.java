package io.sparkperceptron.cluster;

import org.apache.spark.SparkContext;

/**
 * What an executor has for the tasks that run on it at once.
 *
 * @param heap in bytes
 * @param tasks at once
 */
public record ExecutorMemory(long heap, int tasks) {

    /** Of each executor, on a Spark whose tasks do not run in this process. */
    public static ExecutorMemory of(SparkContext spark) {
        // Spark counts the driver as one.
        int executors = Math.max(1, spark.statusTracker().getExecutorInfos().length - 1);
        int slots = Math.max(1, TaskSlots.now(spark));
        return new ExecutorMemory((long) spark.executorMemory() << 20, (slots + executors - 1) / executors);
    }
}
