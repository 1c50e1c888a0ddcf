package io.sparkperceptron.gradient;

import io.sparkperceptron.data.ExampleBlock;
import io.sparkperceptron.model.Weights;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** z of all perceptrons for the rows of a block, to the bits of {@link RowScores}; a tile of positions at a time. */
final class VectorScores {

    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final int START = LaneLayout.START;

    private final LaneLayout layout;
    private final int features;
    private final double[][] weights;
    private final double[][] scores;

    VectorScores(Weights weights, LaneLayout layout, double[][] scores) {
        this.layout = layout;
        this.features = weights.features();
        this.weights = layout.spread(weights);
        this.scores = scores;
    }

    /** Fills the scores of the block's rows. Modified: scores. */
    void compute(ExampleBlock block) {
        for (int tile = 0; tile < layout.tiles(); tile++) {
            Arrays.fill(scores[tile], 0);
            VectorProduct.add(block.rowPairs(), layout.tileVectors(tile), weights[tile], scores[tile]);
            addBias(block, weights[tile], scores[tile], layout.tileStep(tile));
        }
    }

    private void addBias(ExampleBlock block, double[] weights, double[] scores, int step) {
        int at = START;
        for (int row = 0; row < block.rows(); row++) {
            DoubleVector factor = DoubleVector.broadcast(LANES, block.factor(row));
            for (int bias = START + features * step; bias < weights.length; bias += L) {
                factor.fma(load(scores, at), load(weights, bias)).intoArray(scores, at);
                at += L;
            }
        }
    }

    private static DoubleVector load(double[] array, int at) {
        return DoubleVector.fromArray(LANES, array, at);
    }
}
