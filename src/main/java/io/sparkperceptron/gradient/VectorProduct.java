package io.sparkperceptron.gradient;

import io.sparkperceptron.block.EntryPairs;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds the product of a block's entries and a tile (some columns of a dense matrix) to a tile of another matrix:
 *
 * <pre>
 *   to[i] = fma(v_ij, from[j], to[i]) for every entry v_ij, in ascending j for each i
 * </pre>
 *
 * <p>If only one line of a pair has an entry, the other's v_ij is zero. This changes no sum while from[j] is finite,
 * except that a sum of -0, from products that underflowed, can become +0; nothing here tells the two zeros apart.
 */
final class VectorProduct {

    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final int START = LaneLayout.START;
    /** The values of unsigned bytes. */
    private static final double[] BYTES = new double[256];

    static {
        for (int i = 0; i < BYTES.length; i++) {
            BYTES[i] = i;
        }
    }

    private VectorProduct() {}

    /** Adds all entries. {@code from} must be finite. Modified: to, except its extra line for a missing partner. */
    static void addPairs(EntryPairs pairs, int vectors, double[] from, double[] to) {
        int[] lines = pairs.lines();
        int[] starts = pairs.starts();
        for (int i = 0; i < pairs.pairs(); i++) {
            int first = START + lines[2 * i] * (vectors * L);
            int second = START + lines[2 * i + 1] * (vectors * L);
            if (vectors == LaneLayout.WIDEST_TILE) {
                addWidePair(from, to, first, second, starts[i], starts[i + 1], pairs.entries(), pairs.values());
            } else {
                addNarrowPair(from, to, first, second, starts[i], starts[i + 1], pairs.entries(), pairs.values());
            }
        }
    }

    /**
     * Adds the entries of one line.
     *
     * @param vectors in a line of the tiles
     * @param from with line 0 at {@code base}
     * @param to modified
     * @param line the index of the line in {@code to}
     * @param numbers of the entries, from {@code start} to {@code end}
     */
    static void addLine(
            int vectors,
            double[] from,
            int base,
            double[] to,
            int line,
            int start,
            int end,
            int[] numbers,
            double[] values) {
        if (vectors == LaneLayout.WIDEST_TILE) {
            addWideLine(from, base, to, line, start, end, numbers, values);
        } else {
            addNarrowLine(from, base, to, line, start, end, numbers, values);
        }
    }

    /**
     * Adds one pair. In a larger method, HotSpot runs out of integer registers and keeps addresses in vector registers,
     * where the next pair waits for the sums of this one.
     */
    private static void addWidePair(
            double[] from, double[] to, int first, int second, int start, int end, int[] entries, double[] values) {
        DoubleVector x0 = load(to, first);
        DoubleVector y0 = load(to, second);
        DoubleVector x1 = load(to, first + L);
        DoubleVector y1 = load(to, second + L);
        DoubleVector x2 = load(to, first + 2 * L);
        DoubleVector y2 = load(to, second + 2 * L);
        DoubleVector x3 = load(to, first + 3 * L);
        DoubleVector y3 = load(to, second + 3 * L);
        for (int k = start; k < end; k++) {
            int entry = entries[k];
            DoubleVector x = DoubleVector.broadcast(LANES, values == null ? BYTES[entry & 0xFF] : values[2 * k]);
            DoubleVector y =
                    DoubleVector.broadcast(LANES, values == null ? BYTES[(entry >>> 8) & 0xFF] : values[2 * k + 1]);
            int at = START + (values == null ? entry >>> 16 : entry) * (4 * L);
            DoubleVector w0 = load(from, at);
            x0 = x.fma(w0, exact(x0));
            y0 = y.fma(w0, exact(y0));
            DoubleVector w1 = load(from, at + L);
            x1 = x.fma(w1, exact(x1));
            y1 = y.fma(w1, exact(y1));
            DoubleVector w2 = load(from, at + 2 * L);
            x2 = x.fma(w2, exact(x2));
            y2 = y.fma(w2, exact(y2));
            DoubleVector w3 = load(from, at + 3 * L);
            x3 = x.fma(w3, exact(x3));
            y3 = y.fma(w3, exact(y3));
        }
        exact(x0).intoArray(to, first);
        exact(y0).intoArray(to, second);
        exact(x1).intoArray(to, first + L);
        exact(y1).intoArray(to, second + L);
        exact(x2).intoArray(to, first + 2 * L);
        exact(y2).intoArray(to, second + 2 * L);
        exact(x3).intoArray(to, first + 3 * L);
        exact(y3).intoArray(to, second + 3 * L);
    }

    private static void addNarrowPair(
            double[] from, double[] to, int first, int second, int start, int end, int[] entries, double[] values) {
        DoubleVector x0 = load(to, first);
        DoubleVector y0 = load(to, second);
        DoubleVector x1 = load(to, first + L);
        DoubleVector y1 = load(to, second + L);
        for (int k = start; k < end; k++) {
            int entry = entries[k];
            DoubleVector x = DoubleVector.broadcast(LANES, values == null ? BYTES[entry & 0xFF] : values[2 * k]);
            DoubleVector y =
                    DoubleVector.broadcast(LANES, values == null ? BYTES[(entry >>> 8) & 0xFF] : values[2 * k + 1]);
            int at = START + (values == null ? entry >>> 16 : entry) * (2 * L);
            DoubleVector w0 = load(from, at);
            x0 = x.fma(w0, exact(x0));
            y0 = y.fma(w0, exact(y0));
            DoubleVector w1 = load(from, at + L);
            x1 = x.fma(w1, exact(x1));
            y1 = y.fma(w1, exact(y1));
        }
        exact(x0).intoArray(to, first);
        exact(y0).intoArray(to, second);
        exact(x1).intoArray(to, first + L);
        exact(y1).intoArray(to, second + L);
    }

    /** Adds the entries of a line of the transposed product, for a narrow tile: to[j] = fma(v_ij, from[i], to[j]). */
    static void addTransposed(
            double[] from, int line, double[] to, int start, int end, int[] numbers, double[] values) {
        DoubleVector x0 = load(from, line);
        DoubleVector x1 = load(from, line + L);
        for (int k = start; k < end; k++) {
            DoubleVector x = DoubleVector.broadcast(LANES, values[k]);
            int at = START + numbers[k] * (2 * L);
            x.fma(x0, load(to, at)).intoArray(to, at);
            x.fma(x1, load(to, at + L)).intoArray(to, at + L);
        }
    }

    private static void addWideLine(
            double[] from, int base, double[] to, int line, int start, int end, int[] numbers, double[] values) {
        DoubleVector x0 = load(to, line);
        DoubleVector x1 = load(to, line + L);
        DoubleVector x2 = load(to, line + 2 * L);
        DoubleVector x3 = load(to, line + 3 * L);
        for (int k = start; k < end; k++) {
            DoubleVector x = DoubleVector.broadcast(LANES, values[k]);
            int at = base + numbers[k] * (4 * L);
            x0 = x.fma(load(from, at), exact(x0));
            x1 = x.fma(load(from, at + L), exact(x1));
            x2 = x.fma(load(from, at + 2 * L), exact(x2));
            x3 = x.fma(load(from, at + 3 * L), exact(x3));
        }
        exact(x0).intoArray(to, line);
        exact(x1).intoArray(to, line + L);
        exact(x2).intoArray(to, line + 2 * L);
        exact(x3).intoArray(to, line + 3 * L);
    }

    private static void addNarrowLine(
            double[] from, int base, double[] to, int line, int start, int end, int[] numbers, double[] values) {
        DoubleVector x0 = load(to, line);
        DoubleVector x1 = load(to, line + L);
        for (int k = start; k < end; k++) {
            DoubleVector x = DoubleVector.broadcast(LANES, values[k]);
            int at = base + numbers[k] * (2 * L);
            x0 = x.fma(load(from, at), exact(x0));
            x1 = x.fma(load(from, at + L), exact(x1));
        }
        exact(x0).intoArray(to, line);
        exact(x1).intoArray(to, line + L);
    }

    /** Whether all numbers of a tile are finite: x - x is zero for a finite x, otherwise NaN. */
    static boolean isFinite(double[] tile) {
        DoubleVector zeros = DoubleVector.zero(LANES);
        for (int at = START; at < tile.length; at += L) {
            DoubleVector x = load(tile, at);
            zeros = x.sub(x).add(exact(zeros));
        }
        return exact(zeros).reduceLanes(VectorOperators.ADD) == 0;
    }

    /**
     * The same vector, cast to the class of {@code LANES}. Once another library, such as the BLAS of Spark ML, has
     * loaded a second class of vectors, HotSpot does not know the class of a vector that a loop carries. Without this
     * cast, each call would be virtual and would box the vector.
     */
    static DoubleVector exact(DoubleVector vector) {
        return (DoubleVector) LANES.vectorType().cast(vector);
    }

    private static DoubleVector load(double[] array, int at) {
        return DoubleVector.fromArray(LANES, array, at);
    }
}
