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
    private final boolean[] finite;
    private final double[][] scores;

    VectorScores(Weights weights, LaneLayout layout, double[][] scores) {
        this.layout = layout;
        this.features = weights.features();
        this.weights = layout.spread(weights);
        this.finite = new boolean[layout.tiles()];
        for (int tile = 0; tile < finite.length; tile++) {
            finite[tile] = VectorProduct.isFinite(this.weights[tile]);
        }
        this.scores = scores;
    }

    /** Fills the scores of the block's rows. Modified: scores, batch. */
    void compute(ExampleBlock block, RowBatch batch) {
        boolean unpaired = false;
        for (int tile = 0; tile < layout.tiles(); tile++) {
            Arrays.fill(scores[tile], 0);
            if (block.rowPairs() != null && finite[tile]) {
                VectorProduct.addPairs(block.rowPairs(), layout.tileVectors(tile), weights[tile], scores[tile]);
            } else {
                unpaired = true;
            }
        }
        for (int from = 0; unpaired && from < block.rows(); from += RowBatch.ROWS) {
            batch.unpack(block, from);
            for (int tile = 0; tile < layout.tiles(); tile++) {
                if (block.rowPairs() == null || !finite[tile]) {
                    addRows(batch, tile, from);
                }
            }
        }
        for (int tile = 0; tile < layout.tiles(); tile++) {
            addBias(block, weights[tile], scores[tile], layout.tileStep(tile));
        }
    }

    private void addRows(RowBatch batch, int tile, int from) {
        int vectors = layout.tileVectors(tile);
        int[] starts = batch.rowStarts();
        int line = START + from * layout.tileStep(tile);
        for (int row = 0; row < batch.rows(); row++) {
            VectorProduct.addLine(
                    vectors,
                    weights[tile],
                    START,
                    scores[tile],
                    line,
                    starts[row],
                    starts[row + 1],
                    batch.columns(),
                    batch.values());
            line += layout.tileStep(tile);
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
