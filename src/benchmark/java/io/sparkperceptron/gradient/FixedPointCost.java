package io.sparkperceptron.gradient;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What it takes to add blocks' gradients to a total: in steps of a {@link FixedPointGrid}, by the instructions of {@link
 * VectorGradient}, or as plain doubles. Both clear the block's sums for the next block. In one thread.
 */
public final class FixedPointCost {

    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    /** As {@link LaneLayout} has it, for aligned vectors. */
    private static final int START = 6;

    private final int blocks;
    private final double gridScale;
    private final double[] block;
    private final long[] steps;
    private final double[] sums;

    /**
     * Room for gradients.
     *
     * @param blocks those added in an epoch
     * @param rows of all sets, for the grid
     * @param columns perceptrons of one loss, filled up to whole vectors
     * @param losses so many times
     */
    public FixedPointCost(int blocks, int rows, int features, int columns, int losses) {
        this.blocks = blocks;
        this.gridScale = FixedPointGrid.forData(rows, 1).gradientScale(0);
        this.block = new double[START + (features + 1) * losses * LaneLayout.roundUp(columns, L)];
        this.steps = new long[block.length];
        this.sums = new double[block.length];
    }

    /** Adds all blocks to a total of integers. */
    public void addInFixedPoint() {
        for (int i = 0; i < blocks; i++) {
            addToSteps(block, steps, gridScale);
        }
    }

    /** Adds all blocks to a total of doubles. */
    public void addAsDoubles() {
        for (int i = 0; i < blocks; i++) {
            addToSums(block, sums);
        }
    }

    private static void addToSteps(double[] block, long[] steps, double gridScale) {
        DoubleVector scale = DoubleVector.broadcast(LANES, gridScale);
        DoubleVector rounder = DoubleVector.broadcast(LANES, FixedPointGrid.ROUNDER);
        LongVector rounderBits = rounder.reinterpretAsLongs();
        DoubleVector zero = DoubleVector.zero(LANES);
        for (int at = START; at < block.length; at += L) {
            LongVector added = DoubleVector.fromArray(LANES, block, at)
                    .fma(scale, rounder)
                    .reinterpretAsLongs()
                    .sub(rounderBits);
            added.add(LongVector.fromArray(LONGS, steps, at)).intoArray(steps, at);
            zero.intoArray(block, at);
        }
    }

    private static void addToSums(double[] block, double[] sums) {
        DoubleVector zero = DoubleVector.zero(LANES);
        for (int at = START; at < block.length; at += L) {
            DoubleVector.fromArray(LANES, sums, at)
                    .add(DoubleVector.fromArray(LANES, block, at))
                    .intoArray(sums, at);
            zero.intoArray(block, at);
        }
    }
}
