package io.sparkperceptron.spark;

import io.sparkperceptron.UserException;
import org.apache.spark.SparkContext;

/**
 * Into how many partitions data are cut.
 *
 * @param number at least 1
 * @param chosen by somebody, and so to be kept; else it follows the executors and the work
 */
public record Partitions(int number, boolean chosen) {

    /** A number that somebody has chosen. */
    public static Partitions of(int number) {
        return new Partitions(number, true);
    }

    /**
     * As many as the executors run tasks at once, or {@code spark.default.parallelism}; see {@link TaskSlots#of}, which waits for them.
     *
     * @throws UserException if the wait is interrupted
     */
    public static Partitions ofExecutors(SparkContext spark) {
        try {
            return new Partitions(TaskSlots.of(spark), spark.conf().contains("spark.default.parallelism"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("The wait for executors was interrupted", e);
        }
    }

    /** The same, but no more than so many. */
    public Partitions atMost(int most) {
        return new Partitions(Math.min(number, most), chosen);
    }
}
