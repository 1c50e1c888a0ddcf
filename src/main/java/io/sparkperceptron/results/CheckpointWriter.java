package io.sparkperceptron.results;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import io.sparkperceptron.training.TrainingStopped;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Writes checkpoints: at intervals, before the last epoch, when a stop is asked for, and when training fails. It must
 * be the last listener: if another listener fails, it saves the state before that epoch.
 */
public final class CheckpointWriter implements TrainingListener {

    private static final long PAUSE_NANOS = 30_000_000_000L;

    private final CheckpointFiles files;
    private final Recording recording;
    private final Integer every;
    private final int lastEpoch;
    private final BooleanSupplier stop;
    private final WritePace pace = new WritePace(PAUSE_NANOS, PAUSE_NANOS);
    private int saved;
    private TrainingState unsaved;

    /**
     * Checkpoints of one training.
     *
     * @param recording of the same training
     * @param every the number of epochs between checkpoints; null for 30 seconds, or 100 times the time of writing
     * @param saved the epoch of the checkpoint that the training resumes from, or -1
     * @param stop whether to save a checkpoint and throw {@link TrainingStopped}
     */
    public CheckpointWriter(
            CheckpointFiles files, Recording recording, Integer every, int saved, int lastEpoch, BooleanSupplier stop) {
        this.files = files;
        this.recording = recording;
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

    /** The state needs no checkpoint any more: the next epoch has a state of its own. */
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
        return epoch == lastEpoch || (every == null ? pace.isDue() : epoch > 0 && epoch % every == 0);
    }

    private void save() {
        int epoch = unsaved.epoch();
        if (epoch != saved) {
            pace.write(() -> files.save(
                    unsaved,
                    recording.rows().stream().filter(row -> row.epoch() < epoch).toList()));
            saved = epoch;
        }
    }
}
