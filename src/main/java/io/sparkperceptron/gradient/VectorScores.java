package io.sparkperceptron.gradient;

import io.sparkperceptron.block.EntryPairs;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.Weights;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * z of all perceptrons for the rows of a block, one tile of positions at a time, with the bits of {@link RowScores}.
 */
final class VectorScores {

    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final int START = LaneLayout.START;

    private final LaneLayout layout;
    private final int features;
    private final double[][] weights;
    private final boolean allFinite;
    private final double[][] scores;

    VectorScores(Weights weights, LaneLayout layout, double[][] scores) {
        this.layout = layout;
        this.features = weights.features();
        this.weights = layout.spread(weights);
        this.allFinite = Arrays.stream(this.weights).allMatch(VectorProduct::isFinite);
        this.scores = scores;
    }

    boolean allWeightsFinite() {
        return allFinite;
    }

    /** Computes the scores of a block whose rows are stored in pairs; weights must be finite. Modified: scores. */
    void compute(ExampleBlock block, EntryPairs rows) {
        for (int tile = 0; tile < layout.tiles(); tile++) {
            Arrays.fill(scores[tile], 0);
            VectorProduct.addPairs(rows, layout.tileVectors(tile), weights[tile], scores[tile]);
            addBias(block, 0, block.rows(), tile);
        }
    }

    /** Computes the scores of the batch, which starts at row {@code from} of the block. Modified: scores. */
    void compute(ExampleBlock block, RowBatch batch, int from) {
        for (int tile = 0; tile < layout.tiles(); tile++) {
            int step = layout.tileStep(tile);
            int line = START + from * step;
            Arrays.fill(scores[tile], line, line + batch.rows * step, 0);
            addRows(batch, tile, line);
            addBias(block, from, from + batch.rows, tile);
        }
    }

    private void addRows(RowBatch batch, int tile, int start) {
        int[] starts = batch.rowStarts;
        int line = start;
        for (int row = 0; row < batch.rows; row++) {
            VectorProduct.addLine(
                    layout.tileVectors(tile),
                    weights[tile],
                    START,
                    scores[tile],
                    line,
                    starts[row],
                    starts[row + 1],
                    batch.columns,
                    batch.values);
            line += layout.tileStep(tile);
        }
    }

    private void addBias(ExampleBlock block, int from, int end, int tile) {
        int step = layout.tileStep(tile);
        int at = START + from * step;
        for (int row = from; row < end; row++) {
            DoubleVector factor = DoubleVector.broadcast(LANES, block.factor(row));
            for (int bias = START + features * step; bias < weights[tile].length; bias += L) {
                factor.fma(load(scores[tile], at), load(weights[tile], bias)).intoArray(scores[tile], at);
                at += L;
            }
        }
    }

    private static DoubleVector load(double[] array, int at) {
        return DoubleVector.fromArray(LANES, array, at);
    }
}
