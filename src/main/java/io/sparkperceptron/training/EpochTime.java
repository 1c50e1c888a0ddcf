package io.sparkperceptron.training;

/**
 * The wall time of an epoch in seconds, rounded to microseconds, in three parts.
 *
 * @param kernel the kernel time of all tasks, divided by the number of tasks that can run at once
 * @param job the rest of the pass: scheduling, sending weights and sums, waiting for the slowest task
 * @param driver the time before the pass: the step of the weights, and the listeners since the last measurement
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

    /** The seconds from the previous epoch's measurement to this one. */
    public double total() {
        return rounded(kernel + job + driver);
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }
}
