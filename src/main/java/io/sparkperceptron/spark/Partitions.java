package io.sparkperceptron.spark;

import io.sparkperceptron.UserException;
import org.apache.spark.SparkContext;

/**
 * The number of partitions of data.
 *
 * @param number at least 1
 * @param chosen whether the user chose the number; otherwise it follows from the executors and the work
 */
public record Partitions(int number, boolean chosen) {

    public static Partitions of(int number) {
        return new Partitions(number, true);
    }

    /**
     * One partition for each task that the executors run at once, or {@code spark.default.parallelism}. Waits for
     * executors, see {@link TaskSlots#of}. Throws a {@link UserException} if the wait is interrupted.
     */
    public static Partitions ofExecutors(SparkContext spark) {
        try {
            return new Partitions(TaskSlots.of(spark), spark.conf().contains("spark.default.parallelism"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("The wait for executors was interrupted", e);
        }
    }

    public Partitions atMost(int most) {
        return new Partitions(Math.min(number, most), chosen);
    }
}
