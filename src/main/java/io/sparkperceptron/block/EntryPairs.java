package io.sparkperceptron.block;

/**
 * The entries of a sparse matrix, for products with a dense one. Its numbers are cut into panels, so that a panel of the dense
 * matrix stays in a near cache while all lines go through it. Within a panel the lines, rows of a block or features, go in
 * pairs of similar ones, and a pair goes once, in ascending order, through the numbers that any of its two lines has an
 * entry for; the other's is zero then. So what a product wants of the dense matrix is loaded once for two lines.
 *
 * <p>The arrays are for the vector kernel to read, and not to be written. Immutable.
 */
public final class EntryPairs {

    private final int[] lines;
    private final int[] starts;
    private final int[] entries;
    private final double[] values;

    EntryPairs(int[] lines, int[] starts, int[] entries, double[] values) {
        this.lines = lines;
        this.starts = starts;
        this.entries = entries;
        this.values = values;
    }

    /** In all panels together. */
    public int pairs() {
        return lines.length / 2;
    }

    /** Two lines for each pair; the number of the matrix's lines stands for a missing one, and its values are all zero. */
    public int[] lines() {
        return lines;
    }

    /** Pair i's entries start at place i of this, and end where the next ones start. */
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
}
