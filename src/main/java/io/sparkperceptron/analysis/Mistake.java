package io.sparkperceptron.analysis;

import io.sparkperceptron.gradient.Sigmoid;
import java.io.Serializable;
import java.util.Comparator;

/** An example put in a wrong class. Immutable. */
public final class Mistake implements Serializable {

    /** The most confident mistakes first; of equals, the first row. */
    public static final Comparator<Mistake> MOST_CONFIDENT_FIRST =
            Comparator.comparingDouble(Mistake::z).reversed().thenComparingLong(Mistake::row);

    private final long row;
    private final int label;
    private final int prediction;
    private final double z;
    private final float[] image;

    /**
     * Keeps the array.
     *
     * @param image the features as they were read, or empty if they are no image; kept
     */
    Mistake(long row, int label, int prediction, double z, float[] image) {
        this.row = row;
        this.label = label;
        this.prediction = prediction;
        this.z = z;
        this.image = image;
    }

    /** The example's number in its set, from 0. */
    public long row() {
        return row;
    }

    public int label() {
        return label;
    }

    /** The class it was put in. */
    public int prediction() {
        return prediction;
    }

    /** z of the class it was put in. */
    public double z() {
        return z;
    }

    /** sigma(z) of the class it was put in. */
    public double score() {
        return Sigmoid.sigmoid(z);
    }

    /** Feature {@code feature} as it was read. */
    public float pixel(int feature) {
        return image[feature];
    }
}
