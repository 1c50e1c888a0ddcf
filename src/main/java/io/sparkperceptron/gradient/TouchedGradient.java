package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import java.util.Arrays;

/**
 * The gradient of a block, and the sum over blocks, only for features with entries. Memory and time grow with the
 * number of these features, not of all features.
 */
final class TouchedGradient {

    private static final int FEWEST_SLOTS = 64;

    private final int columns;
    private final FixedPointGrid grid;
    /** For each feature and the bias, one more than its slot in the sum; 0 if it has none yet. */
    private final int[] slots;
    /** The feature of each slot. */
    private int[] features = new int[FEWEST_SLOTS];

    private int count;
    /** A line for each slot. */
    private long[] total;
    /** The features present in the current block; null for all. */
    private int[] present;

    private int lines;
    /** A line for each feature in the block, and for the bias. */
    private double[] block = new double[0];

    TouchedGradient(int features, int columns, FixedPointGrid grid) {
        this.columns = columns;
        this.grid = grid;
        this.slots = new int[features + 1];
        this.total = new long[FEWEST_SLOTS * columns];
    }

    void begin(ExampleBlock block) {
        present = block.present();
        lines = present == null ? slots.length - 1 : present.length;
        int length = Math.multiplyExact(lines + 1, columns);
        if (this.block.length < length) {
            this.block = new double[length];
        }
    }

    /** Adds a coefficient for each column to the bias of the block. */
    void addBias(double[] coefficients) {
        add(lines, 1, coefficients);
    }

    /** Adds a value times each column's coefficient to a line: a feature, or its index among those present. */
    void add(int line, double value, double[] coefficients) {
        int at = line * columns;
        for (int p = 0; p < coefficients.length; p++) {
            block[at + p] = Math.fma(value, coefficients[p], block[at + p]);
        }
    }

    /** Adds the block to the sum. */
    void finishBlock() {
        for (int line = 0; line <= lines; line++) {
            int feature = feature(line);
            int to = slot(feature) * columns;
            for (int p = 0; p < columns; p++) {
                total[to + p] += grid.gradientSteps(block[line * columns + p], feature);
            }
        }
        Arrays.fill(block, 0, (lines + 1) * columns, 0);
    }

    /** Moves the total to {@code sum}. This object must not be used afterwards. Modified: sum. */
    void moveTo(GradientSum sum) {
        sum.setGradient(Arrays.copyOf(features, count), Arrays.copyOf(total, count * columns));
    }

    private int feature(int line) {
        if (line == lines) {
            return slots.length - 1;
        }
        return present == null ? line : present[line];
    }

    private int slot(int feature) {
        if (slots[feature] == 0) {
            ensureSlot();
            features[count] = feature;
            slots[feature] = ++count;
        }
        return slots[feature] - 1;
    }

    private void ensureSlot() {
        if (count == features.length) {
            int more = Math.max(count + 1, Math.min(slots.length, count + count / 2));
            features = Arrays.copyOf(features, more);
            total = Arrays.copyOf(total, Math.multiplyExact(more, columns));
        }
    }
}
