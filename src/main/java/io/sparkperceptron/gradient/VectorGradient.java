package io.sparkperceptron.gradient;

import io.sparkperceptron.model.Weights;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of blocks, to the bits of {@link ScalarKernel}; a tile of positions at a time. Entries are taken as they
 * come, with sums loaded and stored in place, or feature by feature, with sums in registers: for each sum the order of rows
 * is the same.
 */
final class VectorGradient {

    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final int START = LaneLayout.START;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    /** Up to so many vectors, loads and stores cost less than sorting entries by feature. */
    private static final int NARROW = 2;

    private final LaneLayout layout;
    private final RowBatch batch;
    private final int features;
    private final int stride;
    private final double[] deltas;
    private final FixedPointGrid grid;
    private final double[] gradient;
    private final long[] total;

    VectorGradient(Weights weights, LaneLayout layout, RowBatch batch, double[] deltas, FixedPointGrid grid) {
        this.layout = layout;
        this.batch = batch;
        this.features = weights.features();
        this.stride = layout.stride();
        this.deltas = deltas;
        this.grid = grid;
        this.gradient = new double[layout.size()];
        this.total = new long[gradient.length];
    }

    /** The blocks' sum, in steps of the grid. */
    long[] total() {
        return total;
    }

    /**
     * Adds the batch's gradient and, after a block's last batch, puts the block's on the grid.
     *
     * @param biasGradient of the block, by position
     */
    void add(boolean last, double[] biasGradient) {
        boolean inPlace = layout.width() <= NARROW * L || batch.entries() < features;
        if (!inPlace) {
            batch.sortByFeature();
        }
        for (int tile = 0; tile < layout.tiles(); tile++) {
            if (inPlace) {
                addInPlace(tile);
            } else {
                addByFeature(tile);
            }
            if (last) {
                moveToGrid(tile, biasGradient);
            }
        }
    }

    private void addByFeature(int tile) {
        switch (layout.tileVectors(tile)) {
            case 4 -> addByFeature4(layout.tileStart(tile), layout.tilePosition(tile));
            case 2 -> addByFeature2(layout.tileStart(tile), layout.tilePosition(tile));
            default -> addByFeature1(layout.tileStart(tile), layout.tilePosition(tile));
        }
    }

    private void addInPlace(int tile) {
        int step = layout.tileStep(tile);
        int start = layout.tileStart(tile);
        int position = layout.tilePosition(tile);
        for (int done = 0; done < step; done += 2 * L) {
            if (step - done == L) {
                addInPlace1(start + done, step, position + done);
            } else {
                addInPlace2(start + done, step, position + done);
            }
        }
    }

    private void addInPlace2(int start, int step, int position) {
        for (int row = 0; row < batch.rows(); row++) {
            int[] columns = batch.columns();
            double[] values = batch.values();
            int end = batch.rowStarts()[row + 1];
            DoubleVector delta0 = load(deltas, START + row * stride + position);
            DoubleVector delta1 = load(deltas, START + row * stride + position + L);
            for (int k = batch.rowStarts()[row]; k < end; k++) {
                DoubleVector value = DoubleVector.broadcast(LANES, values[k]);
                int at = start + columns[k] * step;
                value.fma(delta0, load(gradient, at)).intoArray(gradient, at);
                value.fma(delta1, load(gradient, at + L)).intoArray(gradient, at + L);
            }
        }
    }

    private void addInPlace1(int start, int step, int position) {
        for (int row = 0; row < batch.rows(); row++) {
            int[] columns = batch.columns();
            double[] values = batch.values();
            int end = batch.rowStarts()[row + 1];
            DoubleVector delta = load(deltas, START + row * stride + position);
            for (int k = batch.rowStarts()[row]; k < end; k++) {
                int at = start + columns[k] * step;
                DoubleVector.broadcast(LANES, values[k])
                        .fma(delta, load(gradient, at))
                        .intoArray(gradient, at);
            }
        }
    }

    private void addByFeature4(int tile, int position) {
        int[] starts = batch.featureStarts();
        int[] rows = batch.entryRows();
        double[] values = batch.entryValues();
        for (int j = 0; j < features; j++) {
            int to = tile + j * (4 * L);
            DoubleVector g0 = load(gradient, to);
            DoubleVector g1 = load(gradient, to + L);
            DoubleVector g2 = load(gradient, to + 2 * L);
            DoubleVector g3 = load(gradient, to + 3 * L);
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                DoubleVector value = DoubleVector.broadcast(LANES, values[k]);
                int at = START + rows[k] * stride + position;
                g0 = value.fma(load(deltas, at), g0);
                g1 = value.fma(load(deltas, at + L), g1);
                g2 = value.fma(load(deltas, at + 2 * L), g2);
                g3 = value.fma(load(deltas, at + 3 * L), g3);
            }
            g0.intoArray(gradient, to);
            g1.intoArray(gradient, to + L);
            g2.intoArray(gradient, to + 2 * L);
            g3.intoArray(gradient, to + 3 * L);
        }
    }

    private void addByFeature2(int tile, int position) {
        int[] starts = batch.featureStarts();
        int[] rows = batch.entryRows();
        double[] values = batch.entryValues();
        for (int j = 0; j < features; j++) {
            int to = tile + j * (2 * L);
            DoubleVector g0 = load(gradient, to);
            DoubleVector g1 = load(gradient, to + L);
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                DoubleVector value = DoubleVector.broadcast(LANES, values[k]);
                int at = START + rows[k] * stride + position;
                g0 = value.fma(load(deltas, at), g0);
                g1 = value.fma(load(deltas, at + L), g1);
            }
            g0.intoArray(gradient, to);
            g1.intoArray(gradient, to + L);
        }
    }

    private void addByFeature1(int tile, int position) {
        int[] starts = batch.featureStarts();
        int[] rows = batch.entryRows();
        double[] values = batch.entryValues();
        for (int j = 0; j < features; j++) {
            DoubleVector g = load(gradient, tile + j * L);
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                g = DoubleVector.broadcast(LANES, values[k]).fma(load(deltas, START + rows[k] * stride + position), g);
            }
            g.intoArray(gradient, tile + j * L);
        }
    }

    /** Rounds a tile of the block's gradient as {@link FixedPointGrid#gradientSteps} does, and clears it. */
    private void moveToGrid(int tile, double[] biasGradient) {
        int step = layout.tileStep(tile);
        int end = layout.tileStart(tile) + (features + 1) * step;
        System.arraycopy(biasGradient, layout.tilePosition(tile), gradient, end - step, step);
        DoubleVector rounder = DoubleVector.broadcast(LANES, FixedPointGrid.ROUNDER);
        LongVector rounderBits = rounder.reinterpretAsLongs();
        DoubleVector zero = DoubleVector.zero(LANES);
        int at = layout.tileStart(tile);
        for (int j = 0; j <= features; j++) {
            DoubleVector scale = DoubleVector.broadcast(LANES, grid.gradientScale(j));
            for (int next = at + step; at < next; at += L) {
                LongVector steps = load(gradient, at)
                        .fma(scale, rounder)
                        .reinterpretAsLongs()
                        .sub(rounderBits);
                steps.add(LongVector.fromArray(LONGS, total, at)).intoArray(total, at);
                zero.intoArray(gradient, at);
            }
        }
    }

    private static DoubleVector load(double[] array, int at) {
        return DoubleVector.fromArray(LANES, array, at);
    }
}
