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

    /**
     * Pairs the lines of a matrix.
     *
     * @param widestPanel the most numbers in a panel
     * @param bytes whether all numbers fit 16 bits, and all values are unsigned bytes
     * @param well whether to look for similar lines, which takes several times as long as the rest
     */
    EntryPairs(SparseLines matrix, int widestPanel, boolean bytes, boolean well) {
        this.lines = LinePairing.pair(matrix, well);
        int pairs = pairs();
        int most = (matrix.width() + widestPanel - 1) / widestPanel;
        this.panels = Math.max(1, Math.min(most, matrix.entries() / Math.max(1, pairs) / LEAST_IN_PANEL));
        this.starts = new int[panels * pairs + 1];
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
        this.entries = Arrays.copyOf(merged, count);
        this.values = bytes ? null : Arrays.copyOf(mergedValues, 2 * count);
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
