package io.sparkperceptron.training;

/**
 * How the wall time of an epoch was spent, in seconds, rounded to microseconds.
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
        kernel = rounded(kernel);
        job = rounded(job);
        driver = rounded(driver);
    }

    /** From the measurement of the epoch before to that of this one. */
    public double total() {
        return rounded(kernel + job + driver);
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }
}
