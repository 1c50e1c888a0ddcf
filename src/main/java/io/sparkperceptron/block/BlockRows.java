package io.sparkperceptron.block;

import java.io.Serializable;
import java.util.BitSet;

/** What a block holds of its rows beside their entries. Immutable. Public so that Kryo can be told of it. */
public final class BlockRows implements Serializable {

    private final int[] labels;
    /** One for each row, or a single one that serves all. */
    private final double[] factors;
    /** Null if all are 1. */
    private final double[] weights;
    /** Of a part: where each row is in the whole block; else null. */
    private final char[] places;

    public BlockRows(int[] labels, double[] factors, double[] weights) {
        this(labels, factors, weights, null);
    }

    private BlockRows(int[] labels, double[] factors, double[] weights, char[] places) {
        this.labels = labels;
        this.factors = factors;
        this.weights = weights;
        this.places = places;
    }

    int count() {
        return labels.length;
    }

    int label(int row) {
        return labels[row];
    }

    double factor(int row) {
        return factors[factors.length == 1 ? 0 : row];
    }

    double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    int place(int row) {
        return places == null ? row : places[row];
    }

    /** Some of the rows, in their order. */
    BlockRows part(BitSet rows) {
        int count = rows.cardinality();
        int[] partLabels = new int[count];
        char[] partPlaces = new char[count];
        double[] partFactors = factors.length == 1 ? factors : new double[count];
        double[] partWeights = weights == null ? null : new double[count];
        int i = 0;
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            partLabels[i] = labels[row];
            partPlaces[i] = (char) place(row);
            if (factors.length > 1) {
                partFactors[i] = factors[row];
            }
            if (weights != null) {
                partWeights[i] = weights[row];
            }
            i++;
        }
        return new BlockRows(partLabels, partFactors, partWeights, partPlaces);
    }

    /** Extends a hash by labels, weights and places. Factors need no hash, because they follow from the entries. */
    long mixInto(long hash) {
        long mixed = hash;
        for (int row = 0; row < count(); row++) {
            mixed = ContentHash.mix(ContentHash.mix(mixed, label(row)), place(row));
            mixed = ContentHash.mix(mixed, Double.doubleToRawLongBits(weight(row)));
        }
        return mixed;
    }

    long sizeInBytes() {
        long size = ExampleBlock.arrayBytes(labels.length, Integer.BYTES)
                + ExampleBlock.arrayBytes(factors.length, Double.BYTES);
        size += weights == null ? 0 : ExampleBlock.arrayBytes(weights.length, Double.BYTES);
        return size + (places == null ? 0 : ExampleBlock.arrayBytes(places.length, Character.BYTES));
    }
}
