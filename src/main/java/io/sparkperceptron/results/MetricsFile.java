package io.sparkperceptron.results;

import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import java.util.List;

/**
 * Writes {@link MetricsTable} while training. The file grows as epochs finish: it is written anew, whole, about once a second, on a
 * store every ten, less often where writing is slow, and when training ends.
 */
public final class MetricsFile implements TrainingListener {

    private static final long PAUSE_NANOS = 1_000_000_000;
    private static final long STORE_PAUSE_NANOS = 10 * PAUSE_NANOS;

    private final Folder output;
    private final StringBuilder rows;
    private final WritePace pace;

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
        this.pace = WritePace.fromNow(output.isStore() ? STORE_PAUSE_NANOS : PAUSE_NANOS);
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        metrics.forEach(row -> rows.append(MetricsTable.TABLE.line(row)));
        if (pace.isDue()) {
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
        pace.write(() -> output.write(Layout.METRICS, rows.toString()));
    }
}
