package io.sparkperceptron.training;

/** Somebody asked for an end, and a checkpoint was written before it. */
public final class TrainingStopped extends RuntimeException {

    private final int epoch;

    public TrainingStopped(int epoch) {
        super("stopped before epoch " + epoch);
        this.epoch = epoch;
    }

    /** The epoch that the training goes on with. */
    public int epoch() {
        return epoch;
    }
}
