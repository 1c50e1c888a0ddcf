package io.sparkperceptron.training;

/**
 * How the wall time of an epoch was spent, in seconds.
 *
 * @param kernel in kernels: the time of all tasks' kernels, divided by the tasks that can run at once
 * @param job in the rest of the pass: scheduling, weights and sums on their way, and waiting for the slowest task
 * @param driver in everything before the pass: the step of the weights, and what listeners did since the last measurement
 */
public record EpochTime(double kernel, double job, double driver) {

    public EpochTime {
        if (!(kernel >= 0 && job >= 0 && driver >= 0)) {
            throw new IllegalArgumentException(
                    "expected seconds of at least 0, got " + kernel + ", " + job + " and " + driver);
        }
    }

    /** From the measurement of the epoch before to that of this one. */
    public double total() {
        return kernel + job + driver;
    }
}
