package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import java.util.Arrays;

/**
 * Consecutive rows of a block, unpacked row by row, with entries in ascending columns. On request, entries are also
 * sorted by feature and then by row. Other classes only read the fields.
 */
final class RowBatch {

    /** The largest number of rows. Their scores and deltas for 100 to 200 columns fit into the second-level cache. */
    static final int ROWS = 125;

    int rows;
    /** Where the entries of row i start in {@link #columns} and {@link #values}; row i + 1 follows. */
    final int[] rowStarts = new int[ROWS + 1];

    int[] columns = new int[0];
    double[] values = new double[0];
    /** Where feature j's entries start in {@link #entryRows} and {@link #entryValues}, after {@link #sortByFeature}. */
    int[] featureStarts = new int[0];

    int[] entryRows = new int[0];
    double[] entryValues = new double[0];
    private final int features;

    RowBatch(int features) {
        this.features = features;
    }

    /** Unpacks rows {@code from} to {@code from + rows - 1}, fewer at the end of the block. Modified: this. */
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

    /** Sorts the entries by feature, by counting sort. Modified: this. */
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
        // Counts are two places up, because filling then moves each feature's start to that of the next.
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
}
