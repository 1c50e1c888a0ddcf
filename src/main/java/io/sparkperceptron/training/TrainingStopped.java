package io.sparkperceptron.training;

/** Thrown when the training has stopped on request and has written a checkpoint. */
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
