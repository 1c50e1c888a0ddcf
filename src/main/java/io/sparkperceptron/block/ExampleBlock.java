package io.sparkperceptron.block;

import java.io.Serializable;
import java.util.BitSet;

/**
 * Up to {@value #ROWS} consecutive examples in compressed sparse rows: block b of a set holds its rows {@code b * ROWS}
 * up to {@code (b + 1) * ROWS}, whatever the partitioning, but for those that were held out. Values stand in the narrowest type that holds all of the block
 * exactly (unsigned byte, float, double), column numbers likewise in {@link EntryColumns}. Row i as the model sees it is {@code factor(i) * p_i}, with p_i the
 * stored values. Immutable, but for what is kept beside to be faster.
 */
public final class ExampleBlock implements Serializable {

    /** Rows in every block but a set's last. A different number would change the bits of every result. */
    public static final int ROWS = 1000;

    /** Where lines have fewer entries, they are hardly alike, and a pair's sums cost more than they save. */
    private static final double LEAST_DENSITY = 1 / 16.0;

    private static final double PAIRS_FOR_AN_ENTRY = 0.6;

    /** The fold of a block that is no part of one. */
    public static final int NO_FOLD = -1;

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
    // What follows does not travel.
    private transient volatile boolean calledBefore;
    private transient volatile EntryPairs rowPairs;
    private transient volatile EntryPairs featurePairs;

    /**
     * The block keeps the arrays.
     *
     * @param rowStarts rows + 1 positions in {@code columns} and {@code values}
     */
    public ExampleBlock(
            Split split, long number, int features, BlockRows rows, int[] rowStarts, int[] columns, double[] values) {
        this(split, NO_FOLD, number, features, rows, rowStarts, columns, values);
    }

    private ExampleBlock(
            Split split,
            int fold,
            long number,
            int features,
            BlockRows rows,
            int[] rowStarts,
            int[] columns,
            double[] values) {
        this.split = split;
        this.fold = fold;
        this.number = number;
        this.features = features;
        this.rows = rows;
        this.rowStarts = rowStarts;
        this.columns = new EntryColumns(features, columns);
        this.unsignedBytes = NarrowArrays.fitUnsignedBytes(values) ? NarrowArrays.toUnsignedBytes(values) : null;
        this.floats = unsignedBytes == null && NarrowArrays.fitFloats(values) ? NarrowArrays.toFloats(values) : null;
        this.doubles = unsignedBytes == null && floats == null ? values : null;
        long content = ContentHash.mix(ContentHash.mix(split.name().hashCode(), fold), number);
        for (int start : rowStarts) {
            content = ContentHash.mix(content, start);
        }
        this.hash = ContentHash.mix(rows.mixInto(content), columns, values);
    }

    public Split split() {
        return split;
    }

    /** The fold that all of the block's rows are in, or {@link #NO_FOLD}. */
    public int fold() {
        return fold;
    }

    /** The number b of the block in its set, from 0. */
    public long number() {
        return number;
    }

    /** The global number of row {@code row}, from 0: in its set, and of a {@link #part} in the set that the whole block is of. */
    public long globalRow(int row) {
        return number * ROWS + rows.place(row);
    }

    /**
     * A {@link ContentHash} of number, labels, weights and unscaled entries, taken when the block was packed: one
     * that is packed anew from other data has another.
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

    /** What the cost and the gradient of row {@code row} are multiplied by, beside the weight of its class; at least 0. */
    public double weight(int row) {
        return rows.weight(row);
    }

    /** The scaling factor of row {@code row}. */
    public double factor(int row) {
        return rows.factor(row);
    }

    /** The number of entries of row {@code row} that are stored. */
    public int entries(int row) {
        return rowStarts[row + 1] - rowStarts[row];
    }

    /** The most entries any row stores. */
    public int longestRow() {
        int longest = 0;
        for (int row = 0; row < rows(); row++) {
            longest = Math.max(longest, entries(row));
        }
        return longest;
    }

    /**
     * The features that the block has entries of, ascending, where these are at most half of all; else null. Not a copy, not to be
     * changed.
     */
    public int[] present() {
        return columns.present();
    }

    /**
     * Unpacks the stored entries of rows {@code from} (inclusive) to {@code to} (exclusive), row after row, each in ascending
     * order of columns.
     *
     * @param columns takes the column of each entry; modified
     * @param values takes each entry's unscaled value; modified
     * @return the number of entries
     */
    public int unpack(int from, int to, int[] columns, double[] values) {
        int start = rowStarts[from];
        int count = rowStarts[to] - start;
        this.columns.unpack(start, count, columns);
        unpackValues(start, count, values);
        return count;
    }

    /** Likewise, with the place of each column among those {@link #present}, if that is not null. */
    public int unpackPlaces(int from, int to, int[] columns, double[] values) {
        int start = rowStarts[from];
        int count = rowStarts[to] - start;
        this.columns.unpackPlaces(start, count, columns);
        unpackValues(start, count, values);
        return count;
    }

    private void unpackValues(int start, int count, double[] values) {
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
    }

    /**
     * Has the block keep its entries in pairs, from the second call on: a block that is made anew for every pass, for want of
     * memory to keep it in, is not worth the work. Nothing is done for a block with few entries.
     */
    public void pair() {
        if (!isDense()) {
            return;
        }
        if (!calledBefore) {
            calledBefore = true;
        } else if (rowPairs == null) {
            SparseLines rows = sparseRows();
            if (split == Split.TRAIN) {
                featurePairs = LinePairing.pair(rows.transposed(), holdsBytes());
            }
            rowPairs = LinePairing.pair(rows, holdsBytes());
        }
    }

    /** Has the block keep no pairs any more, until it is told to {@link #pair} again. */
    public void unpair() {
        rowPairs = null;
        featurePairs = null;
    }

    /** About the memory that pairs take, if the block is told to {@link #pair}; measured on MNIST. */
    public long pairBytes() {
        int forms = split == Split.TRAIN ? 2 : 1;
        int each = Integer.BYTES + (holdsBytes() ? 0 : 2 * Double.BYTES);
        return isDense() ? Math.round(PAIRS_FOR_AN_ENTRY * rowStarts[rows()] * forms * each) : 0;
    }

    /** The entries by rows, numbered by columns, or null if they are not kept in pairs. */
    public EntryPairs rowPairs() {
        return rowPairs;
    }

    /** The entries by features, numbered by rows; likewise, and null if this is no training block. */
    public EntryPairs featurePairs() {
        return featurePairs;
    }

    private boolean isDense() {
        return rowStarts[rows()] >= LEAST_DENSITY * rows() * features;
    }

    /** Whether values and numbers of columns, and of rows, are both narrow. */
    private boolean holdsBytes() {
        return unsignedBytes != null && features <= EntryColumns.NARROW_FEATURES;
    }

    private SparseLines sparseRows() {
        int[] columns = new int[rowStarts[rows()]];
        double[] values = new double[columns.length];
        unpack(0, rows(), columns, values);
        return new SparseLines(features, rowStarts, columns, values);
    }

    /** Some of this block's rows, in their order, as a block of the same number. */
    public ExampleBlock part(Split split, int fold, BitSet wanted) {
        int[] partStarts = new int[wanted.cardinality() + 1];
        int i = 0;
        for (int row = wanted.nextSetBit(0); row >= 0; row = wanted.nextSetBit(row + 1)) {
            partStarts[i + 1] = partStarts[i] + entries(row);
            i++;
        }
        int[] columns = new int[partStarts[i]];
        double[] values = new double[partStarts[i]];
        int[] rowColumns = new int[longestRow()];
        double[] rowValues = new double[rowColumns.length];
        i = 0;
        for (int row = wanted.nextSetBit(0); row >= 0; row = wanted.nextSetBit(row + 1)) {
            int count = unpack(row, row + 1, rowColumns, rowValues);
            System.arraycopy(rowColumns, 0, columns, partStarts[i], count);
            System.arraycopy(rowValues, 0, values, partStarts[i], count);
            i++;
        }
        return new ExampleBlock(split, fold, number, features, rows.part(wanted), partStarts, columns, values);
    }

    /** The bytes that the arrays of this block take in memory, their headers of 16 bytes each included. */
    public long sizeInBytes() {
        long size = 0;
        size += rows.sizeInBytes() + arrayBytes(rowStarts.length, Integer.BYTES);
        size += columns.sizeInBytes();
        if (unsignedBytes != null) {
            size += arrayBytes(unsignedBytes.length, Byte.BYTES);
        } else if (floats != null) {
            size += arrayBytes(floats.length, Float.BYTES);
        } else {
            size += arrayBytes(doubles.length, Double.BYTES);
        }
        return size;
    }

    static long arrayBytes(int length, int bytesEach) {
        return 16 + (long) length * bytesEach;
    }
}
