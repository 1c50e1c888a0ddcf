package io.sparkperceptron.results;

import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import java.util.List;

/**
 * Writes {@link MetricsTable} while training. It replaces the whole file about once a second, or every ten seconds on
 * an object store. It does so less often if writing is slow, and once more when training ends.
 */
public final class MetricsFile implements TrainingListener {

    private static final long PAUSE_NANOS = 1_000_000_000;
    private static final long STORE_PAUSE_NANOS = 10 * PAUSE_NANOS;

    private final Folder output;
    private final StringBuilder text;
    private final WritePace pace;

    /** Starts with the rows of earlier epochs: none for a new training. */
    public MetricsFile(Folder output, List<EpochMetrics> earlier) {
        this.output = output;
        this.text = new StringBuilder(MetricsTable.TABLE.text(earlier));
        this.pace = new WritePace(output.isStore() ? STORE_PAUSE_NANOS : PAUSE_NANOS, 0);
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        metrics.forEach(row -> text.append(MetricsTable.TABLE.line(row)));
        if (pace.isDue()) {
            write();
        }
    }

    @Override
    public void trainingEnded() {
        write();
    }

    private void write() {
        pace.write(() -> output.write(Layout.METRICS, text.toString()));
    }
}
