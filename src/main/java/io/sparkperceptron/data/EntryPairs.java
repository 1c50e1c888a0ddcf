package io.sparkperceptron.data;

import java.util.Arrays;

/**
 * The entries of a sparse matrix, for products with a dense one. Its lines, rows of a block or features, go in pairs of
 * similar ones, and a pair goes once, in ascending order, through the numbers that any of its two lines has an entry for; the
 * other's is zero then. So what a product wants of the dense matrix is loaded once for two lines.
 *
 * <p>The numbers are cut into panels: a panel of the dense matrix stays in a near cache while all pairs go through it. The
 * arrays are for the vector kernel to read, and not to be written. Immutable.
 */
public final class EntryPairs {

    /** So few entries of a pair in a panel are not worth the loads and stores of its sums. */
    private static final int LEAST_IN_PANEL = 16;

    private static final int BYTE = 0xFF;

    private final int[] lines;
    private final int panels;
    private final int[] starts;
    private final int[] entries;
    private final double[] values;

    private EntryPairs(int[] lines, int panels, int[] starts, int[] entries, double[] values) {
        this.lines = lines;
        this.panels = panels;
        this.starts = starts;
        this.entries = entries;
        this.values = values;
    }

    /**
     * Every line by itself, paired with none, and all in one panel: what takes the least time to make.
     *
     * @param bytes whether all numbers fit 16 bits, and all values are unsigned bytes
     */
    static EntryPairs single(SparseLines matrix, boolean bytes) {
        int[] lines = new int[2 * matrix.lines()];
        int count = matrix.entries();
        int[] entries = bytes ? new int[count] : Arrays.copyOf(matrix.numbers(), count);
        double[] values = bytes ? null : new double[2 * count];
        for (int line = 0; line < matrix.lines(); line++) {
            lines[2 * line] = line;
            lines[2 * line + 1] = matrix.lines();
        }
        for (int k = 0; k < count; k++) {
            if (bytes) {
                entries[k] = (matrix.numbers()[k] << (2 * Byte.SIZE)) | (int) matrix.values()[k];
            } else {
                values[2 * k] = matrix.values()[k];
            }
        }
        return new EntryPairs(lines, 1, matrix.starts(), entries, values);
    }

    /**
     * Similar lines in pairs, in panels.
     *
     * @param widestPanel the most numbers in a panel
     * @param bytes likewise
     */
    static EntryPairs similar(SparseLines matrix, int widestPanel, boolean bytes) {
        int[] lines = LinePairing.pair(matrix);
        int pairs = lines.length / 2;
        int most = (matrix.width() + widestPanel - 1) / widestPanel;
        int panels = Math.max(1, Math.min(most, matrix.entries() / Math.max(1, pairs) / LEAST_IN_PANEL));
        int[] starts = new int[panels * pairs + 1];
        int[] merged = new int[matrix.entries()];
        double[] mergedValues = bytes ? null : new double[2 * matrix.entries()];
        int[] cursors = matrix.starts().clone();
        int panelWidth = (matrix.width() + panels - 1) / panels;
        int count = 0;
        for (int i = 0; i < panels * pairs; i++) {
            int end = Math.min(matrix.width(), (i / pairs + 1) * panelWidth);
            int first = lines[i % pairs * 2];
            int second = lines[i % pairs * 2 + 1];
            while (true) {
                int number = Math.min(matrix.next(first, cursors, end), matrix.next(second, cursors, end));
                if (number == end) {
                    break;
                }
                double x = matrix.take(first, cursors, number);
                double y = matrix.take(second, cursors, number);
                if (bytes) {
                    merged[count] = (number << (2 * Byte.SIZE)) | ((int) y << Byte.SIZE) | (int) x;
                } else {
                    merged[count] = number;
                    mergedValues[2 * count] = x;
                    mergedValues[2 * count + 1] = y;
                }
                count++;
            }
            starts[i + 1] = count;
        }
        double[] values = bytes ? null : Arrays.copyOf(mergedValues, 2 * count);
        return new EntryPairs(lines, panels, starts, Arrays.copyOf(merged, count), values);
    }

    public int panels() {
        return panels;
    }

    public int pairs() {
        return lines.length / 2;
    }

    /** Two lines for each pair; the number of the matrix's lines stands for a missing one, and its values are all zero. */
    public int[] lines() {
        return lines;
    }

    /** Pair i's entries in panel p start at place {@code p * pairs() + i} of this, and end where the next ones start. */
    public int[] starts() {
        return starts;
    }

    /** For each entry its number, in the upper 16 bits if {@link #values} is null; then the first value, a byte, is lowest. */
    public int[] entries() {
        return entries;
    }

    /** Two values for each entry, or null if they are bytes. */
    public double[] values() {
        return values;
    }

    /** The number of entry {@code k}. */
    public int number(int k) {
        return values == null ? entries[k] >>> (2 * Byte.SIZE) : entries[k];
    }

    /** The value of entry {@code k} for the pair's first line, or for its second; zero where that has no entry. */
    public double value(int k, boolean second) {
        if (values == null) {
            return (entries[k] >>> (second ? Byte.SIZE : 0)) & BYTE;
        }
        return values[2 * k + (second ? 1 : 0)];
    }
}
