package io.sparkperceptron.cluster;

import io.sparkperceptron.spark.Executors;

/**
 * What a pass takes, in seconds: the driver launches its tasks one after the other, and executors run them side by side, in rounds
 * where there are more than they run at once.
 *
 * @param kernels of all tasks together; 0 if it is not known
 * @param blocks that partitions are made of
 */
record PassTime(double kernels, int blocks) {

    /** What each task costs the driver. Measured: see clusters.md. */
    private static final double A_TASK = 0.5e-3;

    double with(int partitions, int rounds) {
        return A_TASK * partitions + kernels * rounds * Executors.ceil(blocks, partitions) / blocks;
    }

    /**
     * The number of partitions that a pass is fastest with.
     *
     * @param most tasks at once
     */
    int bestPartitions(int most) {
        int best = 1;
        for (int partitions = 2; partitions <= most; partitions++) {
            if (with(partitions, 1) < with(best, 1)) {
                best = partitions;
            }
        }
        return best;
    }
}
