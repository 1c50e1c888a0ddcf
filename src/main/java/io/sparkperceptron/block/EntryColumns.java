package io.sparkperceptron.block;

import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The columns of a block's entries. If at most half the features have entries, only these features are numbered.
 * Numbers are stored in 16 bits if they fit. Public because Kryo registers it.
 */
public final class EntryColumns implements Serializable {

    /** The largest number of features whose numbers fit into 16 bits. */
    static final int NARROW_FEATURES = 1 << 16;

    /** The features that have entries, ascending; entries store indices into this. Null if entries store features. */
    private final int[] present;

    private final char[] narrow;
    private final int[] wide;

    /** Keeps {@code columns}. */
    EntryColumns(int features, int[] columns) {
        int[] distinct = distinct(features, columns);
        boolean few = 2L * distinct.length <= features;
        this.present = few ? distinct : null;
        int[] numbers = few
                ? Arrays.stream(columns)
                        .map(column -> Arrays.binarySearch(distinct, column))
                        .toArray()
                : columns;
        boolean fits = (few ? distinct.length : features) <= NARROW_FEATURES;
        this.narrow = fits ? NarrowArrays.toChars(numbers) : null;
        this.wide = fits ? null : numbers;
    }

    /** The features that occur, ascending. */
    private static int[] distinct(int features, int[] columns) {
        if (features / Integer.SIZE > columns.length) {
            return Arrays.stream(columns).sorted().distinct().toArray();
        }
        // Takes no more memory than the columns, and is much faster than sorting.
        BitSet found = new BitSet(features);
        for (int column : columns) {
            found.set(column);
        }
        return found.stream().toArray();
    }

    int[] present() {
        return present;
    }

    /** Replaces {@code count} indices into {@link #present} by columns. Modified: places. */
    void toColumns(int[] places, int count) {
        for (int k = 0; present != null && k < count; k++) {
            places[k] = present[places[k]];
        }
    }

    /** Writes indices into {@link #present}, or columns if that is null. Modified: columns. */
    void unpackPlaces(int start, int count, int[] columns) {
        if (narrow == null) {
            System.arraycopy(wide, start, columns, 0, count);
            return;
        }
        for (int k = 0; k < count; k++) {
            columns[k] = narrow[start + k];
        }
    }

    long sizeInBytes() {
        long numbers = narrow == null
                ? ExampleBlock.arrayBytes(wide.length, Integer.BYTES)
                : ExampleBlock.arrayBytes(narrow.length, Character.BYTES);
        return present == null ? numbers : numbers + ExampleBlock.arrayBytes(present.length, Integer.BYTES);
    }
}
