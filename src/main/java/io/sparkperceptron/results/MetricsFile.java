package io.sparkperceptron.results;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.EpochTime;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code metrics.csv}: one row an epoch and run, with numbers that parse back to the same doubles. The file grows as epochs
 * finish: it is written anew, whole, about once a second, less often where writing is slow, and when training ends.
 */
public final class MetricsFile implements TrainingListener {

    public static final String NAME = "metrics.csv";

    private static final String HEADER =
            "epoch,run,loss,learning_rate,train_cost,train_error,test_cost,test_error,gradient_norm,seconds,"
                    + "kernel_seconds,job_seconds,driver_seconds,validation_cost,validation_error\n";
    private static final int COLUMNS = 15;
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000_000;
    /** Writing takes at most one part in so many of the time. */
    private static final long PAUSE_PER_WRITE = 100;

    private final Folder folder;
    private final StringBuilder rows;
    private long nextWrite = System.nanoTime();

    /** A file without rows. */
    public MetricsFile(Folder folder) {
        this(folder, HEADER);
    }

    /**
     * A file that goes on.
     *
     * @param earlier its text up to here, as from {@link #textBefore}
     */
    public MetricsFile(Folder folder, String earlier) {
        this.folder = folder;
        this.rows = new StringBuilder(earlier);
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

    /** The text without the rows from {@code epoch} on. */
    public String textBefore(int epoch) {
        int end = rows.length();
        int start = rows.lastIndexOf("\n", end - 2) + 1;
        while (start > 0 && Integer.parseInt(rows, start, rows.indexOf(",", start), 10) >= epoch) {
            end = start;
            start = rows.lastIndexOf("\n", end - 2) + 1;
        }
        return rows.substring(0, end);
    }

    /**
     * Reads the rows of such a text back.
     *
     * @throws UserException if it is none
     */
    public static List<EpochMetrics> parse(String text) {
        if (!text.startsWith(HEADER) || !text.endsWith("\n")) {
            throw new UserException(
                    "Expected metrics that begin with " + HEADER.strip() + " and end with a whole line");
        }
        List<String> lines = text.lines().toList();
        List<EpochMetrics> metrics = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                metrics.add(parseRow(lines.get(i).split(",", -1)));
            } catch (IllegalArgumentException e) {
                throw new UserException(
                        "Expected a row of metrics in line " + (i + 1) + ": " + UserException.reason(e), e);
            }
        }
        return metrics;
    }

    private static EpochMetrics parseRow(String[] fields) {
        if (fields.length != COLUMNS) {
            throw new IllegalArgumentException("expected " + COLUMNS + " columns, got " + fields.length);
        }
        double[] numbers = new double[COLUMNS];
        for (int i = 3; i < COLUMNS; i++) {
            boolean noValidation = i >= COLUMNS - 2 && fields[i].isEmpty();
            numbers[i] = noValidation ? Double.NaN : Double.parseDouble(fields[i]);
        }
        return new EpochMetrics(
                Integer.parseInt(fields[0]),
                new Run(Loss.of(fields[2]), numbers[3]),
                new SetMetrics(numbers[4], numbers[5]),
                new SetMetrics(numbers[13], numbers[14]),
                new SetMetrics(numbers[6], numbers[7]),
                numbers[8],
                new EpochTime(numbers[10], numbers[11], numbers[12]));
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
                .append(metrics.train().cost())
                .append(',')
                .append(metrics.train().error())
                .append(',')
                .append(metrics.test().cost())
                .append(',')
                .append(metrics.test().error())
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
                .append(',')
                .append(orNothing(metrics.validation().cost()))
                .append(',')
                .append(orNothing(metrics.validation().error()))
                .append('\n');
    }

    private static String orNothing(double number) {
        return Double.isNaN(number) ? "" : Double.toString(number);
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
