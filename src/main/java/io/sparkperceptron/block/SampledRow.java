package io.sparkperceptron.block;

import java.io.Serializable;

/** A copy of one example of a block. */
public final class SampledRow implements Serializable {

    /** 2^64 over the golden ratio: its multiples spread evenly over 64 bits, whatever period the rows have. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final double TO_FRACTION = 0x1p-53;

    private final long row;
    private final int label;
    private final double weight;
    private final double factor;
    private final int[] features;
    private final double[] values;

    public SampledRow(ExampleBlock block, int row) {
        this.row = block.globalRow(row);
        label = block.label(row);
        weight = block.weight(row);
        factor = block.factor(row);
        features = new int[block.entries(row)];
        values = new double[features.length];
        block.unpack(row, row + 1, features, values);
    }

    /** Whether a row is in a sample of about this share of the rows, evenly spread. */
    public static boolean isSampled(long row, double share) {
        return ((row * GOLDEN) >>> 11) * TO_FRACTION < share;
    }

    /** The number in the set, from 0. */
    public long row() {
        return row;
    }

    public int label() {
        return label;
    }

    /** The factor of the example's cost and gradient, besides the weight of its class. */
    public double weight() {
        return weight;
    }

    /** The example as an image, a byte for each pixel. */
    public byte[] image(int pixels) {
        byte[] image = new byte[pixels];
        for (int k = 0; k < features.length; k++) {
            image[features[k]] = (byte) values[k];
        }
        return image;
    }

    public int entries() {
        return features.length;
    }

    public int feature(int entry) {
        return features[entry];
    }

    /** The value of a stored entry as the model sees it, but without the factors of features. */
    public double value(int entry) {
        return factor * values[entry];
    }
}
