package io.sparkperceptron.results;

import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import java.util.List;

/**
 * Writes {@link MetricsTable} while training. The file grows as epochs finish: it is written anew, whole, about once a second, less
 * often where writing is slow, and when training ends.
 */
public final class MetricsFile implements TrainingListener {

    private static final long SHORTEST_PAUSE_NANOS = 1_000_000_000;
    /** Writing takes at most one part in so many of the time. */
    private static final long PAUSE_PER_WRITE = 100;

    private final Folder output;
    private final StringBuilder rows;
    private long nextWrite = System.nanoTime();

    /** A file without rows. */
    public MetricsFile(Folder output) {
        this(output, MetricsTable.TABLE.header());
    }

    /**
     * A file that goes on.
     *
     * @param earlier its text up to here, as from {@link #textBefore}
     */
    public MetricsFile(Folder output, String earlier) {
        this.output = output;
        this.rows = new StringBuilder(earlier);
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        metrics.forEach(row -> rows.append(MetricsTable.TABLE.line(row)));
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

    private void write() {
        long started = System.nanoTime();
        output.write(Layout.METRICS, rows.toString());
        long finished = System.nanoTime();
        nextWrite = finished + Math.max(SHORTEST_PAUSE_NANOS, PAUSE_PER_WRITE * (finished - started));
    }
}
