package io.sparkperceptron.block;

import java.util.Arrays;

/**
 * Lines of a sparse matrix: the entries of line i, from {@code starts[i]} up to {@code starts[i + 1]}, are in ascending
 * numbers. The arrays are read by those who pair lines, and written by nobody.
 */
final class SparseLines {

    private final int width;
    private final int[] starts;
    private final int[] numbers;
    private final double[] values;

    SparseLines(int width, int[] starts, int[] numbers, double[] values) {
        this.width = width;
        this.starts = starts;
        this.numbers = numbers;
        this.values = values;
    }

    /** Above all numbers. */
    int width() {
        return width;
    }

    int lines() {
        return starts.length - 1;
    }

    int entries() {
        return starts[lines()];
    }

    int[] starts() {
        return starts;
    }

    int[] numbers() {
        return numbers;
    }

    double[] values() {
        return values;
    }

    /** Numbers for lines, and lines for numbers; by counting. */
    SparseLines transposed() {
        // Counted two places up, so that filling moves each line's start to the next one's.
        int[] ends = new int[width + 2];
        for (int k = 0; k < entries(); k++) {
            ends[numbers[k] + 2]++;
        }
        for (int j = 2; j < ends.length; j++) {
            ends[j] += ends[j - 1];
        }
        int[] lineNumbers = new int[entries()];
        double[] lineValues = new double[entries()];
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
