package io.sparkperceptron.block;

import java.io.Serializable;
import java.util.BitSet;

/** The labels, factors and weights of a block's rows. Immutable. Public because Kryo registers it. */
public final class BlockRows implements Serializable {

    private final int[] labels;
    /** One factor for each row, or a single one for all rows. */
    private final double[] factors;
    /** Null if all weights are 1. */
    private final double[] weights;
    /** The place of each row of a part in the whole block. Null if this is the whole block. */
    private final char[] places;

    BlockRows(int[] labels, double[] factors, double[] weights, char[] places) {
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

    BlockRows part(BitSet rows) {
        return new BlockRows(
                rows.stream().map(this::label).toArray(),
                factors.length == 1
                        ? factors
                        : rows.stream().mapToDouble(this::factor).toArray(),
                weights == null ? null : rows.stream().mapToDouble(this::weight).toArray(),
                NarrowArrays.toChars(rows.stream().map(this::place).toArray()));
    }

    /** Extends a hash by labels, places and weights. Factors need no hash, because they follow from the entries. */
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
