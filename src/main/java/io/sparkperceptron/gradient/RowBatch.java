package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import java.util.Arrays;

/**
 * Some consecutive rows of a block, unpacked: row by row, each row's entries in ascending columns, and on demand also
 * feature by feature, each feature's entries in ascending rows. The arrays are read by the vector kernel, and written here
 * alone.
 */
final class RowBatch {

    /** The most rows in a batch: their scores and deltas stay in the second-level cache for a hundred columns or two. */
    static final int ROWS = 125;

    private final int features;
    private int rows;
    private final int[] rowStarts = new int[ROWS + 1];
    private int[] columns = new int[0];
    private double[] values = new double[0];
    private int[] featureStarts = new int[0];
    private int[] entryRows = new int[0];
    private double[] entryValues = new double[0];

    RowBatch(int features) {
        this.features = features;
    }

    /** Takes up rows {@code from} to {@code from + rows - 1}, fewer at the block's end. Modified: this. */
    void unpack(ExampleBlock block, int from) {
        rows = Math.min(ROWS, block.rows() - from);
        int entries = 0;
        for (int row = 0; row < rows; row++) {
            rowStarts[row] = entries;
            entries += block.entries(from + row);
        }
        rowStarts[rows] = entries;
        if (columns.length < entries) {
            columns = new int[entries + entries / 8];
            values = new double[columns.length];
        }
        block.unpack(from, from + rows, columns, values);
    }

    /** Puts the entries in the order of their features, by counting. Modified: this. */
    void sortByFeature() {
        int entries = rowStarts[rows];
        if (entryRows.length < entries) {
            entryRows = new int[columns.length];
            entryValues = new double[columns.length];
        }
        if (featureStarts.length == 0) {
            featureStarts = new int[features + 2];
        }
        Arrays.fill(featureStarts, 0);
        // Counted two places up, so that filling moves each feature's start to the next one's.
        for (int k = 0; k < entries; k++) {
            featureStarts[columns[k] + 2]++;
        }
        for (int j = 2; j < featureStarts.length; j++) {
            featureStarts[j] += featureStarts[j - 1];
        }
        for (int row = 0; row < rows; row++) {
            for (int k = rowStarts[row]; k < rowStarts[row + 1]; k++) {
                int at = featureStarts[columns[k] + 1]++;
                entryRows[at] = row;
                entryValues[at] = values[k];
            }
        }
    }

    int rows() {
        return rows;
    }

    /** Where row i's entries start in {@link #columns} and {@link #values}; those of the next row follow. */
    int[] rowStarts() {
        return rowStarts;
    }

    int[] columns() {
        return columns;
    }

    double[] values() {
        return values;
    }

    /** Where feature j's entries start in {@link #entryRows} and {@link #entryValues}, after {@link #sortByFeature}. */
    int[] featureStarts() {
        return featureStarts;
    }

    int[] entryRows() {
        return entryRows;
    }

    double[] entryValues() {
        return entryValues;
    }
}
