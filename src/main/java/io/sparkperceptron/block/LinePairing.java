package io.sparkperceptron.block;

import java.util.Arrays;

/**
 * Makes {@link EntryPairs}. In every panel, the line with the most entries comes first. Its partner is the remaining
 * line that differs from it in the fewest numbers, so that few numbers belong to only one line of a pair.
 */
final class LinePairing {

    /** A line is compared with at most this many others, which have about the same number of entries. */
    private static final int COMPARISONS = 256;

    /** Measured on MNIST: wider panels do not fit the nearest cache, narrower ones load and store sums more often. */
    private static final int WIDEST_PANEL = 200;

    private static final int NUMBER_SHIFT = 2 * Byte.SIZE;

    private final SparseLines matrix;
    private final boolean bytes;
    /** The next entry of each line, and a last element for a missing line, which has no entries. */
    private final int[] cursors;
    /** The lines that have entries in the panel, the longest first. */
    private final int[] order;
    /** The number of entries of each line in the panel. */
    private final int[] counts;
    /** For each line, a bit for each number of the panel. */
    private final long[] patterns;

    private final int words;

    private int[] lines;
    private int[] starts;
    private int pairs;
    private int[] entries;
    private double[] values;

    private LinePairing(SparseLines matrix, int panelWidth, boolean bytes) {
        this.matrix = matrix;
        this.bytes = bytes;
        this.cursors = matrix.starts().clone();
        this.order = new int[matrix.lines()];
        this.counts = new int[matrix.lines()];
        this.words = (panelWidth + Long.SIZE - 1) / Long.SIZE;
        this.patterns = new long[(matrix.lines() + 1) * words];
        int panels = (matrix.width() + panelWidth - 1) / panelWidth;
        this.lines = new int[panels * (matrix.lines() + 1)];
        this.starts = new int[lines.length / 2 + 1];
        this.entries = new int[matrix.numbers().length];
        this.values = bytes ? null : new double[2 * entries.length];
    }

    /** Pairs the lines. With {@code bytes}, all numbers must fit into 16 bits, and all values into unsigned bytes. */
    static EntryPairs pair(SparseLines matrix, boolean bytes) {
        int panels = (matrix.width() + WIDEST_PANEL - 1) / WIDEST_PANEL;
        int panelWidth = (matrix.width() + panels - 1) / panels;
        LinePairing pairing = new LinePairing(matrix, panelWidth, bytes);
        for (int from = 0; from < matrix.width(); from += panelWidth) {
            pairing.addPanel(from, Math.min(matrix.width(), from + panelWidth));
        }
        int count = pairing.starts[pairing.pairs];
        return new EntryPairs(
                Arrays.copyOf(pairing.lines, 2 * pairing.pairs),
                Arrays.copyOf(pairing.starts, pairing.pairs + 1),
                Arrays.copyOf(pairing.entries, count),
                bytes ? null : Arrays.copyOf(pairing.values, 2 * count));
    }

    private void addPanel(int from, int end) {
        findPatterns(from, end);
        int left = orderByCount(end - from);
        for (int next = 0; next < left; next += 2) {
            int second = matrix.lines();
            if (next + 1 < left) {
                int partner = closest(next, Math.min(left, next + 1 + COMPARISONS));
                second = order[partner];
                System.arraycopy(order, next + 1, order, next + 2, partner - next - 1);
            }
            addPair(order[next], second, from);
        }
    }

    /** Sets and counts a bit for each number for which a line has an entry. */
    private void findPatterns(int from, int end) {
        Arrays.fill(patterns, 0);
        for (int line = 0; line < counts.length; line++) {
            int k = cursors[line];
            int lineEnd = matrix.starts()[line + 1];
            for (; k < lineEnd && matrix.numbers()[k] < end; k++) {
                int bit = matrix.numbers()[k] - from;
                patterns[line * words + bit / Long.SIZE] |= 1L << bit;
            }
            counts[line] = k - cursors[line];
        }
    }

    /** Sorts the lines with entries by descending count, by counting sort, and returns their number. */
    private int orderByCount(int most) {
        int[] places = new int[most + 2];
        for (int count : counts) {
            places[most - count + 1]++;
        }
        for (int i = 1; i < places.length; i++) {
            places[i] += places[i - 1];
        }
        int left = places[most];
        for (int line = 0; line < counts.length; line++) {
            if (counts[line] > 0) {
                order[places[most - counts[line]]++] = line;
            }
        }
        return left;
    }

    /** The index in {@link #order}, between {@code next} and {@code end}, of the line closest to line {@code next}. */
    private int closest(int next, int end) {
        int closest = next + 1;
        int least = Integer.MAX_VALUE;
        for (int i = next + 1; i < end && least > 0; i++) {
            int difference = difference(order[next] * words, order[i] * words);
            if (difference < least) {
                least = difference;
                closest = i;
            }
        }
        return closest;
    }

    private int difference(int first, int second) {
        int bits = 0;
        for (int word = 0; word < words; word++) {
            bits += Long.bitCount(patterns[first + word] ^ patterns[second + word]);
        }
        return bits;
    }

    private void addPair(int first, int second, int from) {
        lines[2 * pairs] = first;
        lines[2 * pairs + 1] = second;
        int count = starts[pairs];
        int x = cursors[first];
        int y = cursors[second];
        for (int word = 0; word < words; word++) {
            long inFirst = patterns[first * words + word];
            long inSecond = patterns[second * words + word];
            for (long both = inFirst | inSecond; both != 0; both &= both - 1) {
                long bit = both & -both;
                double firstValue = (inFirst & bit) != 0 ? matrix.values()[x++] : 0;
                double secondValue = (inSecond & bit) != 0 ? matrix.values()[y++] : 0;
                int number = from + word * Long.SIZE + Long.numberOfTrailingZeros(both);
                if (bytes) {
                    entries[count] = (number << NUMBER_SHIFT) | ((int) secondValue << Byte.SIZE) | (int) firstValue;
                } else {
                    entries[count] = number;
                    values[2 * count] = firstValue;
                    values[2 * count + 1] = secondValue;
                }
                count++;
            }
        }
        cursors[first] = x;
        cursors[second] = y;
        starts[++pairs] = count;
    }
}
