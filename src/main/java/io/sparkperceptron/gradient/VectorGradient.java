package io.sparkperceptron.gradient;

import io.sparkperceptron.data.ExampleBlock;
import io.sparkperceptron.model.Weights;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** The gradient of blocks, to the bits of {@link ScalarKernel}; a tile of positions at a time. */
final class VectorGradient {

    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

    private final LaneLayout layout;
    private final int features;
    private final double gridScale;
    private final double[][] deltas;
    private final double[][] gradient;
    private final long[][] total;

    VectorGradient(Weights weights, LaneLayout layout, double[][] deltas, FixedPointGrid grid) {
        this.layout = layout;
        this.features = weights.features();
        this.gridScale = grid.gradientScale();
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
     * Adds the block's gradient.
     *
     * @param biasGradient of the block, by position
     */
    void add(ExampleBlock block, double[] biasGradient) {
        for (int tile = 0; tile < layout.tiles(); tile++) {
            VectorProduct.add(block.featurePairs(), layout.tileVectors(tile), deltas[tile], gradient[tile]);
            int step = layout.tileStep(tile);
            System.arraycopy(
                    biasGradient, layout.tilePosition(tile), gradient[tile], LaneLayout.START + features * step, step);
            moveToGrid(gradient[tile], total[tile]);
        }
    }

    /** Rounds a tile of the block's gradient as {@link FixedPointGrid#gradientSteps} does, and clears it. */
    private void moveToGrid(double[] block, long[] sum) {
        DoubleVector scale = DoubleVector.broadcast(LANES, gridScale);
        DoubleVector rounder = DoubleVector.broadcast(LANES, FixedPointGrid.ROUNDER);
        LongVector rounderBits = rounder.reinterpretAsLongs();
        DoubleVector zero = DoubleVector.zero(LANES);
        for (int at = LaneLayout.START; at < block.length; at += L) {
            LongVector steps = DoubleVector.fromArray(LANES, block, at)
                    .fma(scale, rounder)
                    .reinterpretAsLongs()
                    .sub(rounderBits);
            steps.add(LongVector.fromArray(LONGS, sum, at)).intoArray(sum, at);
            zero.intoArray(block, at);
        }
    }
}
