package io.sparkperceptron.gradient;

import io.sparkperceptron.block.EntryPairs;
import io.sparkperceptron.model.Weights;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** The gradient of blocks, to the bits of {@link ScalarKernel}; a tile of positions at a time. */
final class VectorGradient {

    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

    private static final int START = LaneLayout.START;

    private final LaneLayout layout;
    private final int features;
    private final FixedPointGrid grid;
    private final double[][] deltas;
    private final double[][] gradient;
    private final long[][] total;

    VectorGradient(Weights weights, LaneLayout layout, double[][] deltas, FixedPointGrid grid) {
        this.layout = layout;
        this.features = weights.features();
        this.grid = grid;
        this.deltas = deltas;
        this.gradient = layout.matrix(features + 1);
        this.total = new long[gradient.length][];
        for (int tile = 0; tile < total.length; tile++) {
            total[tile] = new long[gradient[tile].length];
        }
    }

    /** The blocks' sum, in steps of the grid. */
    long[][] total() {
        return total;
    }

    /**
     * Adds a block that is kept in pairs, whose deltas are finite.
     *
     * @param heldOutTiles those that the block has no part in
     */
    void add(EntryPairs featurePairs, boolean[] heldOutTiles) {
        for (int tile = 0; tile < layout.tiles(); tile++) {
            if (heldOutTiles[tile]) {
                continue;
            }
            VectorProduct.addPairs(featurePairs, layout.tileVectors(tile), deltas[tile], gradient[tile]);
        }
    }

    /** Adds the block's rows from {@code from} on that the batch holds; likewise. Modified: batch. */
    void add(RowBatch batch, int from, boolean[] heldOutTiles) {
        if (layout.width() == LaneLayout.NARROW_TILE * L) {
            addInPlace(batch, from);
            return;
        }
        batch.sortByFeature();
        for (int tile = 0; tile < layout.tiles(); tile++) {
            if (!heldOutTiles[tile]) {
                addFeatures(batch, tile, from);
            }
        }
    }

    /**
     * Takes the block, all of whose rows were added, into the total.
     *
     * @param biasGradient of the block, by position
     */
    void finishBlock(double[] biasGradient) {
        for (int tile = 0; tile < layout.tiles(); tile++) {
            int step = layout.tileStep(tile);
            System.arraycopy(biasGradient, layout.tilePosition(tile), gradient[tile], START + features * step, step);
            moveToGrid(tile);
        }
    }

    /** Where there is one narrow tile, to put entries in another order takes longer than to store the sum after each. */
    private void addInPlace(RowBatch batch, int from) {
        int[] starts = batch.rowStarts();
        for (int row = 0; row < batch.rows(); row++) {
            int line = START + (from + row) * layout.tileStep(0);
            VectorProduct.addTransposed(
                    deltas[0], line, gradient[0], starts[row], starts[row + 1], batch.columns(), batch.values());
        }
    }

    private void addFeatures(RowBatch batch, int tile, int from) {
        int step = layout.tileStep(tile);
        int[] starts = batch.featureStarts();
        for (int j = 0; j < features; j++) {
            if (starts[j] < starts[j + 1]) {
                VectorProduct.addLine(
                        layout.tileVectors(tile),
                        deltas[tile],
                        START + from * step,
                        gradient[tile],
                        START + j * step,
                        starts[j],
                        starts[j + 1],
                        batch.entryRows(),
                        batch.entryValues());
            }
        }
    }

    /** Rounds a tile of the block's gradient as {@link FixedPointGrid#gradientSteps} does, and clears it. */
    private void moveToGrid(int tile) {
        double[] block = gradient[tile];
        long[] sum = total[tile];
        DoubleVector rounder = DoubleVector.broadcast(LANES, FixedPointGrid.ROUNDER);
        LongVector rounderBits = rounder.reinterpretAsLongs();
        DoubleVector zero = DoubleVector.zero(LANES);
        int at = START;
        for (int j = 0; j <= features; j++) {
            DoubleVector scale = DoubleVector.broadcast(LANES, grid.gradientScale(j));
            for (int next = at + layout.tileStep(tile); at < next; at += L) {
                LongVector steps = DoubleVector.fromArray(LANES, block, at)
                        .fma(scale, rounder)
                        .reinterpretAsLongs()
                        .sub(rounderBits);
                steps.add(LongVector.fromArray(LONGS, sum, at)).intoArray(sum, at);
                zero.intoArray(block, at);
            }
        }
    }
}
