package io.sparkperceptron.block;

/**
 * The entries of a sparse matrix in pairs of lines, for products with a dense matrix. Lines are rows of a block and
 * numbers are features, or vice versa. The numbers are divided into panels, so that a panel of the dense matrix stays
 * in a near cache. Within a panel, similar lines form pairs. A pair lists, in ascending order, the numbers for which at
 * least one of its lines has an entry; a missing value is zero. A product therefore loads each part of the dense matrix
 * once for two lines.
 *
 * <p>The vector kernel reads the arrays; nobody writes them.
 *
 * @param lines two lines for each pair; the number of all lines stands for a missing line, whose values are zero
 * @param starts the entries of pair i are those from {@code starts[i]} up to {@code starts[i + 1]}
 * @param entries the number of each entry. If {@code values} is null, the number is in the upper 16 bits, the second
 *     value in the next byte, and the first value in the lowest byte
 * @param values two values for each entry, or null if all values are bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record EntryPairs(int[] lines, int[] starts, int[] entries, double[] values) {

    public int pairs() {
        return lines.length / 2;
    }
}
