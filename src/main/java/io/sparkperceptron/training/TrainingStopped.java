package io.sparkperceptron.training;

/** Somebody asked the training to stop, and it has written a checkpoint. */
public final class TrainingStopped extends RuntimeException {

    private final int epoch;

    public TrainingStopped(int epoch) {
        super("stopped before epoch " + epoch);
        this.epoch = epoch;
    }

    /** The epoch at which a resumed training continues. */
    public int epoch() {
        return epoch;
    }
}
