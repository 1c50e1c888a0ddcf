package io.sparkperceptron.block;

import java.util.Arrays;

/**
 * Lines of a sparse matrix. The entries of line i are those from {@code starts[i]} up to {@code starts[i + 1]}, in
 * ascending order of their numbers. {@link LinePairing} reads the arrays; nobody writes them.
 *
 * @param width larger than all numbers
 */
@SuppressWarnings("ArrayRecordComponent")
record SparseLines(int width, int[] starts, int[] numbers, double[] values) {

    int lines() {
        return starts.length - 1;
    }

    /** The transposed matrix, by counting sort. */
    SparseLines transposed() {
        // Counts are stored two places up, because filling then moves each line's start to the start of the next line.
        int[] ends = new int[width + 2];
        for (int k = 0; k < numbers.length; k++) {
            ends[numbers[k] + 2]++;
        }
        for (int j = 2; j < ends.length; j++) {
            ends[j] += ends[j - 1];
        }
        int[] lineNumbers = new int[numbers.length];
        double[] lineValues = new double[numbers.length];
        for (int line = 0; line < lines(); line++) {
            for (int k = starts[line]; k < starts[line + 1]; k++) {
                int at = ends[numbers[k] + 1]++;
                lineNumbers[at] = line;
                lineValues[at] = values[k];
            }
        }
        return new SparseLines(lines(), Arrays.copyOf(ends, width + 1), lineNumbers, lineValues);
    }
}
