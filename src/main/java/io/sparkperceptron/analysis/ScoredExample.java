package io.sparkperceptron.analysis;

import java.io.Serializable;
import java.util.Comparator;

/** An example with its prediction by one run. Immutable. */
public final class ScoredExample implements Serializable {

    /** The most confident first; on a tie, the lowest row first. */
    public static final Comparator<ScoredExample> MOST_CONFIDENT_FIRST =
            Comparator.comparingDouble(ScoredExample::z).reversed().thenComparingLong(ScoredExample::row);

    private final long row;
    private final int label;
    private final int prediction;
    private final double z;

    ScoredExample(long row, int label, int prediction, double z) {
        this.row = row;
        this.label = label;
        this.prediction = prediction;
        this.z = z;
    }

    /** The example's number in its set, from 0. */
    public long row() {
        return row;
    }

    public int label() {
        return label;
    }

    public int prediction() {
        return prediction;
    }

    /** z of the predicted class. */
    public double z() {
        return z;
    }
}
