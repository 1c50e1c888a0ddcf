package io.sparkperceptron.block;

import io.sparkperceptron.model.FeatureFactors;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The smallest and the largest value of each feature in the training rows. Ranges of parts merge to those of the whole,
 * in any order. Public because Kryo registers it.
 */
public final class FeatureRanges implements Serializable {

    private final double[] smallest;
    private final double[] largest;

    public FeatureRanges(int features) {
        this.smallest = new double[features];
        this.largest = new double[features];
        Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    }

    /** Adds the entries that a block stores: those that are not zero. Modified: this. */
    public void add(ExampleBlock block) {
        int[] columns = new int[block.longestRow()];
        double[] values = new double[columns.length];
        for (int row = 0; row < block.rows(); row++) {
            int count = block.unpack(row, row + 1, columns, values);
            for (int k = 0; k < count; k++) {
                add(columns[k], values[k]);
            }
        }
    }

    /** Modified: this. */
    public FeatureRanges merge(FeatureRanges other) {
        for (int j = 0; j < smallest.length; j++) {
            smallest[j] = Math.min(smallest[j], other.smallest[j]);
            largest[j] = Math.max(largest[j], other.largest[j]);
        }
        return this;
    }

    /** Adds the zeros that blocks do not store. Modified: this. */
    public FeatureRanges withZeros(DatasetSummary training) {
        for (int j = 0; j < smallest.length; j++) {
            if (training.activeIn(j) < training.rows()) {
                add(j, 0);
            }
        }
        return this;
    }

    private void add(int feature, double value) {
        smallest[feature] = Math.min(smallest[feature], value);
        largest[feature] = Math.max(largest[feature], value);
    }

    boolean isConstant(int feature) {
        return smallest[feature] == largest[feature];
    }

    /** The largest |x| of any feature, multiplied by its factor. */
    public double largestValue(FeatureFactors factors) {
        return IntStream.range(0, smallest.length)
                .mapToDouble(j -> factors.of(j) * Math.max(-smallest[j], largest[j]))
                .reduce(0, Math::max);
    }

    double centre(int feature) {
        return smallest[feature] / 2 + largest[feature] / 2;
    }

    /** The largest distance of a value from the centre of its feature. */
    double reach(int feature) {
        return Math.max(largest[feature] - centre(feature), centre(feature) - smallest[feature]);
    }
}
