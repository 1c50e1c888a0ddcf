package io.sparkperceptron.results;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import io.sparkperceptron.training.TrainingStopped;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Writes checkpoints: every so often, before the last epoch, when a stop is asked for, and when training fails. The last of the
 * listeners, so that it keeps the state of an epoch that another one could not take in.
 */
public final class CheckpointWriter implements TrainingListener {

    private static final long PAUSE_NANOS = 30_000_000_000L;
    private final CheckpointFiles files;
    private final MetricsFile metrics;
    private final Integer every;
    private final int lastEpoch;
    private final BooleanSupplier stop;
    private final WritePace pace = WritePace.afterPause(PAUSE_NANOS);
    private int saved;
    private TrainingState unsaved;

    /**
     * Checkpoints of one training.
     *
     * @param every the epochs from one to the next; null for 30 seconds, or a hundred times as long as writing took
     * @param saved the epoch of the checkpoint that the training goes on from, or -1
     * @param stop whether to end, with a checkpoint, by {@link TrainingStopped}
     */
    public CheckpointWriter(
            CheckpointFiles files, MetricsFile metrics, Integer every, int saved, int lastEpoch, BooleanSupplier stop) {
        this.files = files;
        this.metrics = metrics;
        this.every = every;
        this.saved = saved;
        this.lastEpoch = lastEpoch;
        this.stop = stop;
    }

    @Override
    public void epochStarted(TrainingState state) {
        unsaved = state;
        boolean stopping = stop.getAsBoolean();
        if (stopping || isDue(state.epoch())) {
            save();
        }
        if (stopping) {
            throw new TrainingStopped(state.epoch());
        }
    }

    /** Its state is needed no more: training goes on from the next epoch's. */
    @Override
    public void epochFinished(int epoch, List<EpochMetrics> runs) {
        unsaved = null;
    }

    @Override
    public void trainingEnded() {
        if (unsaved != null) {
            save();
        }
    }

    private boolean isDue(int epoch) {
        if (epoch == lastEpoch) {
            return true;
        }
        return every == null ? pace.isDue() : epoch > 0 && epoch % every == 0;
    }

    private void save() {
        int epoch = unsaved.epoch();
        if (epoch != saved) {
            pace.write(() -> files.save(unsaved, metrics.textBefore(epoch)));
            saved = epoch;
        }
    }
}
