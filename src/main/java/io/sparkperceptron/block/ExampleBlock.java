package io.sparkperceptron.block;

import java.io.Serializable;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Up to {@value #ROWS} consecutive examples in compressed sparse rows. Block b of a set holds the rows {@code b * ROWS}
 * up to {@code (b + 1) * ROWS} that are not held out, for any partitioning. Values have the narrowest type that holds
 * all values of the block exactly: unsigned byte, float or double. {@link EntryColumns} does the same for column
 * numbers. The model sees row i as {@code factor(i) * p_i}, with p_i the stored values. Immutable, except for the
 * cached pairs.
 */
public final class ExampleBlock implements Serializable {

    /** The rows of every block except a set's last. Another number would change the bits of every result. */
    public static final int ROWS = 1000;

    /** Below this density, lines have little in common, and pairs cost more than they save. */
    private static final double LEAST_DENSITY = 1 / 16.0;

    private static final double PAIRED_ENTRIES_PER_ENTRY = 0.6;

    /** The fold of a block that belongs to none. */
    public static final int NO_FOLD = -1;

    /** 2^64 over the golden ratio: its multiples spread evenly over 64 bits, for any period of the rows. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Split split;
    private final int fold;
    private final long number;
    private final int features;
    private final BlockRows rows;
    private final int[] rowStarts;
    private final EntryColumns columns;
    private final byte[] unsignedBytes;
    private final float[] floats;
    private final double[] doubles;
    private final long hash;
    // Spark does not send the transient fields.
    private transient volatile boolean pairCalled;
    private transient volatile EntryPairs rowPairs;
    private transient volatile EntryPairs featurePairs;

    public ExampleBlock(Split split, int fold, long number, int features, BlockRows rows, GrowingArrays entries) {
        int[] columns = entries.columns();
        double[] values = entries.values();
        this.split = split;
        this.fold = fold;
        this.number = number;
        this.features = features;
        this.rows = rows;
        this.rowStarts = entries.rowStarts();
        this.columns = new EntryColumns(features, columns);
        this.unsignedBytes = NarrowArrays.toUnsignedBytes(values);
        this.floats = unsignedBytes == null ? NarrowArrays.toFloats(values) : null;
        this.doubles = unsignedBytes == null && floats == null ? values : null;
        long content = ContentHash.mix(ContentHash.mix(split.name().hashCode(), fold), number);
        for (int start : rowStarts) {
            content = ContentHash.mix(content, start);
        }
        content = rows.mixInto(content);
        for (int k = 0; k < columns.length; k++) {
            content = ContentHash.mix(ContentHash.mix(content, columns[k]), Double.doubleToRawLongBits(values[k]));
        }
        this.hash = content;
    }

    public Split split() {
        return split;
    }

    /** The fold of all rows of the block, or {@link #NO_FOLD}. */
    public int fold() {
        return fold;
    }

    /** The number b of the block in its set, from 0. */
    public long number() {
        return number;
    }

    /** The number of a row in its set, from 0. For a {@link #part}, the number in the set of the whole block. */
    public long globalRow(int row) {
        return number * ROWS + rows.place(row);
    }

    /** Whether a row is in a sample of about this share of the rows of its set, evenly spread. */
    public boolean isSampled(int row, double share) {
        return ((globalRow(row) * GOLDEN) >>> 11) * 0x1p-53 < share;
    }

    /**
     * A {@link ContentHash} of split, fold, number, labels, weights and unscaled entries, taken when the block was
     * packed. A block that is packed again from other data has another hash.
     */
    public long hash() {
        return hash;
    }

    /** d. */
    public int features() {
        return features;
    }

    public int rows() {
        return rows.count();
    }

    public int label(int row) {
        return rows.label(row);
    }

    /** The factor of the row's cost and gradient, at least 0, without the weight of its class. */
    public double weight(int row) {
        return rows.weight(row);
    }

    public double factor(int row) {
        return rows.factor(row);
    }

    public int entries(int row) {
        return rowStarts[row + 1] - rowStarts[row];
    }

    public int longestRow() {
        return IntStream.range(0, rows()).map(this::entries).max().orElse(0);
    }

    /**
     * The features that have entries in the block, ascending; null if these are more than half of all features. The
     * array is not a copy and must not be changed.
     */
    public int[] present() {
        return columns.present();
    }

    /**
     * Unpacks the stored entries of rows {@code from} (inclusive) to {@code to} (exclusive), row after row, each in
     * ascending order of columns, unscaled. Returns the number of entries. Modified: columns, values.
     */
    public int unpack(int from, int to, int[] columns, double[] values) {
        int count = unpackPlaces(from, to, columns, values);
        this.columns.toColumns(columns, count);
        return count;
    }

    /** The same as {@link #unpack}, but with indices into {@link #present} for columns, unless that is null. */
    public int unpackPlaces(int from, int to, int[] columns, double[] values) {
        int start = rowStarts[from];
        int count = rowStarts[to] - start;
        this.columns.unpackPlaces(start, count, columns);
        if (unsignedBytes != null) {
            for (int k = 0; k < count; k++) {
                values[k] = unsignedBytes[start + k] & 0xFF;
            }
        } else if (floats != null) {
            for (int k = 0; k < count; k++) {
                values[k] = floats[start + k];
            }
        } else {
            System.arraycopy(doubles, start, values, 0, count);
        }
        return count;
    }

    /**
     * Makes the block keep its entries in pairs, from the second call on. A block that does not fit into memory is read
     * again in every pass, so pairs would cost more than they save. A block with few entries makes no pairs.
     */
    public void pair() {
        if (!pairCalled) {
            pairCalled = true;
        } else if (rowPairs == null && isDense()) {
            int[] numbers = new int[rowStarts[rows()]];
            double[] values = new double[numbers.length];
            unpack(0, rows(), numbers, values);
            SparseLines lines = new SparseLines(features, rowStarts, numbers, values);
            if (split == Split.TRAIN) {
                featurePairs = LinePairing.pair(lines.transposed(), holdsBytes());
            }
            rowPairs = LinePairing.pair(lines, holdsBytes());
        }
    }

    /** Drops the pairs; the next call of {@link #pair} makes them again. */
    public void unpair() {
        rowPairs = null;
        featurePairs = null;
    }

    /** An estimate, from measurements on MNIST, of the bytes that pairs take. */
    public long pairBytes() {
        int forms = split == Split.TRAIN ? 2 : 1;
        int each = Integer.BYTES + (holdsBytes() ? 0 : 2 * Double.BYTES);
        return isDense() ? Math.round(PAIRED_ENTRIES_PER_ENTRY * rowStarts[rows()] * forms * each) : 0;
    }

    /** The entries by rows, numbered by columns; null if the block keeps no pairs. */
    public EntryPairs rowPairs() {
        return rowPairs;
    }

    /** The entries by features, numbered by rows; null if the block keeps no pairs or is not a training block. */
    public EntryPairs featurePairs() {
        return featurePairs;
    }

    private boolean isDense() {
        return rowStarts[rows()] >= LEAST_DENSITY * rows() * features;
    }

    /** Whether all values fit into a byte, and all numbers of columns and rows into 16 bits. */
    private boolean holdsBytes() {
        return unsignedBytes != null && features <= EntryColumns.NARROW_FEATURES;
    }

    /** Some of this block's rows, in their order, as a block of the same number. */
    public ExampleBlock part(Split split, int fold, BitSet wanted) {
        GrowingArrays part = new GrowingArrays();
        int[] rowColumns = new int[longestRow()];
        double[] rowValues = new double[rowColumns.length];
        wanted.stream().forEach(row -> {
            int count = unpack(row, row + 1, rowColumns, rowValues);
            for (int k = 0; k < count; k++) {
                part.addEntry(rowColumns[k], rowValues[k]);
            }
            part.endRow(label(row), weight(row));
        });
        return new ExampleBlock(split, fold, number, features, rows.part(wanted), part);
    }

    /** The bytes that the arrays of this block take, with headers of 16 bytes each. */
    public long sizeInBytes() {
        int valueBytes = unsignedBytes != null ? Byte.BYTES : floats != null ? Float.BYTES : Double.BYTES;
        return rows.sizeInBytes()
                + arrayBytes(rowStarts.length, Integer.BYTES)
                + columns.sizeInBytes()
                + arrayBytes(rowStarts[rows()], valueBytes);
    }

    static long arrayBytes(int length, int bytesEach) {
        return 16 + (long) length * bytesEach;
    }
}
