package io.sparkperceptron.gradient;

import io.sparkperceptron.block.EntryPairs;
import io.sparkperceptron.model.Weights;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** The gradient of blocks, one tile of positions at a time, with the bits of {@link ScalarKernel}. */
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
        this.total = Arrays.stream(gradient).map(tile -> new long[tile.length]).toArray(long[][]::new);
    }

    /** The sum over the blocks, in steps of the grid. */
    long[][] total() {
        return total;
    }

    /** Adds a block that is stored in pairs and has finite deltas, except to the tiles that hold it out. */
    void add(EntryPairs featurePairs, boolean[] heldOutTiles) {
        for (int tile = 0; tile < layout.tiles(); tile++) {
            if (!heldOutTiles[tile]) {
                VectorProduct.addPairs(featurePairs, layout.tileVectors(tile), deltas[tile], gradient[tile]);
            }
        }
    }

    /** Adds the rows of the batch, which starts at row {@code from} of the block. Modified: batch. */
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

    /** Adds the complete block to the total, with its bias gradient by position. */
    void finishBlock(double[] biasGradient) {
        for (int tile = 0; tile < layout.tiles(); tile++) {
            int step = layout.tileStep(tile);
            System.arraycopy(biasGradient, layout.tilePosition(tile), gradient[tile], START + features * step, step);
            moveToGrid(tile);
        }
    }

    /** With a single narrow tile, sorting the entries would take longer than storing a sum for each. */
    private void addInPlace(RowBatch batch, int from) {
        int[] starts = batch.rowStarts;
        for (int row = 0; row < batch.rows; row++) {
            int line = START + (from + row) * layout.tileStep(0);
            VectorProduct.addTransposed(
                    deltas[0], line, gradient[0], starts[row], starts[row + 1], batch.columns, batch.values);
        }
    }

    private void addFeatures(RowBatch batch, int tile, int from) {
        int step = layout.tileStep(tile);
        int[] starts = batch.featureStarts;
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
                        batch.entryRows,
                        batch.entryValues);
            }
        }
    }

    /** Adds a tile of the block's gradient, rounded as in {@link FixedPointGrid#gradientSteps}, and clears it. */
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
