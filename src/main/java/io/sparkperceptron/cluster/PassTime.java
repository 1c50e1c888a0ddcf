package io.sparkperceptron.cluster;

import io.sparkperceptron.spark.Executors;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A model of the seconds that a pass takes. The driver launches tasks one after the other. Executors run them in
 * parallel, in rounds if there are more tasks than they run at once.
 *
 * @param kernels the seconds of all tasks' kernels together; 0 if unknown
 * @param blocks the number of blocks in all partitions
 */
record PassTime(double kernels, int blocks) {

    /** The driver's seconds for each task. Measured: see speed.md. */
    private static final double A_TASK = 0.5e-3;

    double with(int partitions, int rounds) {
        return A_TASK * partitions + kernels * rounds * Executors.ceil(blocks, partitions) / blocks;
    }

    /** The number of partitions, at most {@code most}, with which a pass in one round is fastest. */
    int bestPartitions(int most) {
        return IntStream.rangeClosed(1, most)
                .boxed()
                .min(Comparator.comparingDouble(partitions -> with(partitions, 1)))
                .orElse(1);
    }
}
