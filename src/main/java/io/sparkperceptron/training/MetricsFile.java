package io.sparkperceptron.training;

import io.sparkperceptron.storage.Folder;
import java.util.List;

/**
 * {@code metrics.csv}: one row an epoch and run, with numbers that parse back to the same doubles. The file grows as epochs
 * finish: it is written anew, whole, about once a second, less often where writing is slow, and when training ends.
 */
public final class MetricsFile implements TrainingListener {

    public static final String NAME = "metrics.csv";

    private static final String HEADER =
            "epoch,run,loss,learning_rate,train_cost,train_error,test_cost,test_error,gradient_norm,seconds,"
                    + "kernel_seconds,job_seconds,driver_seconds\n";
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000_000;
    /** Writing takes at most one part in so many of the time. */
    private static final long PAUSE_PER_WRITE = 100;

    private final Folder folder;
    private final StringBuilder rows = new StringBuilder(HEADER);
    private long nextWrite = System.nanoTime();

    public MetricsFile(Folder folder) {
        this.folder = folder;
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        metrics.forEach(this::addRow);
        if (System.nanoTime() - nextWrite >= 0) {
            write();
        }
    }

    @Override
    public void trainingEnded() {
        write();
    }

    private void addRow(EpochMetrics metrics) {
        rows.append(metrics.epoch())
                .append(',')
                .append(metrics.run().name())
                .append(',')
                .append(metrics.run().loss().label())
                .append(',')
                .append(metrics.run().rateText())
                .append(',')
                .append(metrics.trainCost())
                .append(',')
                .append(metrics.trainError())
                .append(',')
                .append(metrics.testCost())
                .append(',')
                .append(metrics.testError())
                .append(',')
                .append(metrics.gradientNorm())
                .append(',')
                .append(micros(metrics.time().total()))
                .append(',')
                .append(micros(metrics.time().kernel()))
                .append(',')
                .append(micros(metrics.time().job()))
                .append(',')
                .append(micros(metrics.time().driver()))
                .append('\n');
    }

    private static double micros(double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }

    private void write() {
        long started = System.nanoTime();
        folder.write(NAME, rows.toString());
        long finished = System.nanoTime();
        nextWrite = finished + Math.max(SHORTEST_PAUSE_NANOS, PAUSE_PER_WRITE * (finished - started));
    }
}
