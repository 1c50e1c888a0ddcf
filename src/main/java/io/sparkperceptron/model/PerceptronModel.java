package io.sparkperceptron.model;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.commons.codec.digest.DigestUtils;

/** C one-vs-rest perceptrons of one run: C x (d+1) doubles, class-major, the bias last in each row. Immutable. */
public final class PerceptronModel implements Serializable {

    private final int classes;
    private final int features;
    private final double[] rows;

    /**
     * @param rows C x (d+1) weights; the model keeps this array, so the caller must not write to it afterwards
     * @throws IllegalArgumentException if its length is wrong
     */
    public PerceptronModel(int classes, int features, double[] rows) {
        if (classes < 1 || features < 1 || rows.length != (long) classes * (features + 1L)) {
            throw new IllegalArgumentException(
                    "expected " + classes + " x (" + features + " + 1) weights, got " + rows.length);
        }
        this.classes = classes;
        this.features = features;
        this.rows = rows;
    }

    /** C. */
    public int classes() {
        return classes;
    }

    /** d, without the bias. */
    public int features() {
        return features;
    }

    /** The weight of a feature in the perceptron of class {@code label}; feature d is the bias. */
    public double weight(int label, int feature) {
        return rows[label * (features + 1) + feature];
    }

    /** The largest |w| without the biases. */
    public double largestWeight() {
        double largest = 0;
        for (int c = 0; c < classes; c++) {
            for (int j = 0; j < features; j++) {
                largest = Math.max(largest, Math.abs(weight(c, j)));
            }
        }
        return largest;
    }

    /** The SHA-256 of all weights. */
    public String fingerprint() {
        ByteBuffer bytes = ByteBuffer.allocate(rows.length * Double.BYTES);
        bytes.asDoubleBuffer().put(rows);
        return DigestUtils.sha256Hex(bytes.array());
    }

    /** A copy of all C x (d+1) weights, class-major, the bias last. */
    public double[] toArray() {
        return rows.clone();
    }
}
