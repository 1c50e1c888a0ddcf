package io.sparkperceptron.cluster;

/**
 * What a pass takes, in seconds: the driver launches its tasks one after the other, and executors run them side by side, in rounds
 * where there are more than they run at once.
 *
 * @param kernels of all tasks together
 */
record PassTime(double kernels) {

    /** What each task costs the driver. Measured: see clusters.md. */
    private static final double A_TASK = 0.5e-3;

    /** With partitions of the same size. */
    double with(int partitions, int rounds) {
        return A_TASK * partitions + kernels * rounds / partitions;
    }

    /**
     * The number of partitions that a pass is fastest with.
     *
     * @param most tasks at once
     */
    int bestPartitions(int most) {
        return (int) Math.max(1, Math.min(most, Math.round(Math.sqrt(kernels / A_TASK))));
    }
}
