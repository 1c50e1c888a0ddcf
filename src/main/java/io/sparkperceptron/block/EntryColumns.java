package io.sparkperceptron.block;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The columns of a block's entries. Where these are of at most half the features, the features are numbered by themselves, and
 * numbers stand in 16 bits where they fit. Public so that Kryo can be told of it.
 */
public final class EntryColumns implements Serializable {

    /** The number of features up to which a number fits 16 bits. */
    static final int NARROW_FEATURES = 1 << 16;

    /** The features that have entries, ascending, which the numbers are places in; null if numbers are features. */
    private final int[] present;

    private final char[] narrow;
    private final int[] wide;

    /**
     * The columns of all entries. The array may be kept.
     *
     * @param features d
     */
    EntryColumns(int features, int[] columns) {
        int[] distinct = Arrays.stream(columns).sorted().distinct().toArray();
        boolean few = 2L * distinct.length <= features;
        this.present = few ? distinct : null;
        int[] numbers = few ? places(columns, distinct) : columns;
        boolean fits = (few ? distinct.length : features) <= NARROW_FEATURES;
        this.narrow = fits ? NarrowArrays.toChars(numbers) : null;
        this.wide = fits ? null : numbers;
    }

    private static int[] places(int[] columns, int[] distinct) {
        int[] places = new int[columns.length];
        for (int k = 0; k < places.length; k++) {
            places[k] = Arrays.binarySearch(distinct, columns[k]);
        }
        return places;
    }

    /** See {@link ExampleBlock#present}. */
    int[] present() {
        return present;
    }

    /** Writes the columns of {@code count} entries from {@code start} on. Modified: columns. */
    void unpack(int start, int count, int[] columns) {
        unpackPlaces(start, count, columns);
        for (int k = 0; present != null && k < count; k++) {
            columns[k] = present[columns[k]];
        }
    }

    /** Likewise, with the place of each among those {@link #present}, if that is not null. */
    void unpackPlaces(int start, int count, int[] columns) {
        if (narrow == null) {
            System.arraycopy(wide, start, columns, 0, count);
            return;
        }
        for (int k = 0; k < count; k++) {
            columns[k] = narrow[start + k];
        }
    }

    /** The bytes that the arrays take in memory. */
    long sizeInBytes() {
        long numbers = narrow == null
                ? ExampleBlock.arrayBytes(wide.length, Integer.BYTES)
                : ExampleBlock.arrayBytes(narrow.length, Character.BYTES);
        return present == null ? numbers : numbers + ExampleBlock.arrayBytes(present.length, Integer.BYTES);
    }
}
