package io.sparkperceptron.gradient;

import io.sparkperceptron.data.EntryPairs;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds the product of a block's entries and some columns of a dense matrix, a tile, to a tile of another:
 *
 * <pre>
 *   to[i] = fma(v_ij, from[j], to[i]) for every entry v_ij, in ascending j for each i
 * </pre>
 *
 * <p>The lines i go in pairs, and where one of a pair has no entry, its v_ij is zero, which changes no sum as long as from[j]
 * is finite: at most it makes +0 of a sum that is -0, because its products were too small, and nothing here tells these apart.
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

    /**
     * Takes in all entries.
     *
     * @param vectors in a line of the tiles
     * @param to modified
     */
    static void add(EntryPairs pairs, int vectors, double[] from, double[] to) {
        if (!isFinite(from)) {
            addExactly(pairs, vectors * L, from, to);
            return;
        }
        if (vectors == LaneLayout.WIDEST_TILE) {
            addWide(pairs, from, to);
        } else {
            for (int panel = 0; panel < pairs.panels(); panel++) {
                addNarrow(pairs, panel, from, to);
            }
        }
    }

    private static void addWide(EntryPairs pairs, double[] from, double[] to) {
        int[] lines = pairs.lines();
        int[] starts = pairs.starts();
        for (int i = 0; i < starts.length - 1; i++) {
            int first = START + lines[2 * i % lines.length] * (4 * L);
            int second = START + lines[2 * i % lines.length + 1] * (4 * L);
            addPair(from, to, first, second, starts[i], starts[i + 1], pairs.entries(), pairs.values());
        }
    }

    /**
     * One pair in one panel, in a method for itself: else HotSpot runs out of integer registers and keeps addresses in vector
     * registers, where the next pair waits for them behind the sums of this one.
     */
    private static void addPair(
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
            x0 = x.fma(w0, x0);
            y0 = y.fma(w0, y0);
            DoubleVector w1 = load(from, at + L);
            x1 = x.fma(w1, x1);
            y1 = y.fma(w1, y1);
            DoubleVector w2 = load(from, at + 2 * L);
            x2 = x.fma(w2, x2);
            y2 = y.fma(w2, y2);
            DoubleVector w3 = load(from, at + 3 * L);
            x3 = x.fma(w3, x3);
            y3 = y.fma(w3, y3);
        }
        x0.intoArray(to, first);
        y0.intoArray(to, second);
        x1.intoArray(to, first + L);
        y1.intoArray(to, second + L);
        x2.intoArray(to, first + 2 * L);
        y2.intoArray(to, second + 2 * L);
        x3.intoArray(to, first + 3 * L);
        y3.intoArray(to, second + 3 * L);
    }

    private static void addNarrow(EntryPairs pairs, int panel, double[] from, double[] to) {
        int[] lines = pairs.lines();
        int[] starts = pairs.starts();
        int[] entries = pairs.entries();
        double[] values = pairs.values();
        int base = panel * (lines.length / 2);
        for (int pair = 0; pair < lines.length / 2; pair++) {
            int first = START + lines[2 * pair] * (2 * L);
            int second = START + lines[2 * pair + 1] * (2 * L);
            int start = starts[base + pair];
            int end = starts[base + pair + 1];
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
                x0 = x.fma(w0, x0);
                y0 = y.fma(w0, y0);
                DoubleVector w1 = load(from, at + L);
                x1 = x.fma(w1, x1);
                y1 = y.fma(w1, y1);
            }
            x0.intoArray(to, first);
            y0.intoArray(to, second);
            x1.intoArray(to, first + L);
            y1.intoArray(to, second + L);
        }
    }

    /** Without the zeros: an entry at a time. */
    private static void addExactly(EntryPairs pairs, int step, double[] from, double[] to) {
        for (int i = 0; i < 2 * pairs.panels() * pairs.pairs(); i++) {
            boolean second = i % 2 == 1;
            int line = START + pairs.lines()[i % pairs.lines().length] * step;
            for (int k = pairs.starts()[i / 2]; k < pairs.starts()[i / 2 + 1]; k++) {
                double value = pairs.value(k, second);
                if (value != 0) {
                    int at = START + pairs.number(k) * step;
                    for (int q = 0; q < step; q++) {
                        to[line + q] = Math.fma(value, from[at + q], to[line + q]);
                    }
                }
            }
        }
    }

    /** x - x is zero if x is finite, else NaN. */
    private static boolean isFinite(double[] matrix) {
        DoubleVector zeros = DoubleVector.zero(LANES);
        for (int at = START; at < matrix.length; at += L) {
            DoubleVector x = load(matrix, at);
            zeros = zeros.add(x.sub(x));
        }
        return zeros.reduceLanes(VectorOperators.ADD) == 0;
    }

    private static DoubleVector load(double[] array, int at) {
        return DoubleVector.fromArray(LANES, array, at);
    }
}
