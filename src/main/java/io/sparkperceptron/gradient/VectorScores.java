package io.sparkperceptron.gradient;

import io.sparkperceptron.model.Weights;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** z of all perceptrons for the rows of a batch, to the bits of {@link RowScores}; a tile of positions at a time. */
final class VectorScores {

    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final int START = LaneLayout.START;

    private final LaneLayout layout;
    private final RowBatch batch;
    private final int features;
    private final int stride;
    private final double[] weights;
    private final double[] scores;

    VectorScores(Weights weights, LaneLayout layout, RowBatch batch, double[] scores) {
        this.layout = layout;
        this.batch = batch;
        this.features = weights.features();
        this.stride = layout.stride();
        this.weights = layout.spread(weights);
        this.scores = scores;
    }

    /** Fills the scores of the batch's rows. Modified: scores. */
    void compute() {
        for (int tile = 0; tile < layout.tiles(); tile++) {
            switch (layout.tileVectors(tile)) {
                case 4 -> score4(layout.tileStart(tile), layout.tilePosition(tile));
                case 2 -> score2(layout.tileStart(tile), layout.tilePosition(tile));
                default -> score1(layout.tileStart(tile), layout.tilePosition(tile));
            }
        }
    }

    private void score4(int tile, int position) {
        int bias = tile + features * (4 * L);
        for (int row = 0; row < batch.rows(); row++) {
            int[] columns = batch.columns();
            double[] values = batch.values();
            int end = batch.rowStarts()[row + 1];
            DoubleVector z0 = DoubleVector.zero(LANES);
            DoubleVector z1 = z0;
            DoubleVector z2 = z0;
            DoubleVector z3 = z0;
            for (int k = batch.rowStarts()[row]; k < end; k++) {
                DoubleVector value = DoubleVector.broadcast(LANES, values[k]);
                int at = tile + columns[k] * (4 * L);
                z0 = value.fma(load(weights, at), z0);
                z1 = value.fma(load(weights, at + L), z1);
                z2 = value.fma(load(weights, at + 2 * L), z2);
                z3 = value.fma(load(weights, at + 3 * L), z3);
            }
            DoubleVector factor = DoubleVector.broadcast(LANES, batch.factor(row));
            int to = START + row * stride + position;
            factor.fma(z0, load(weights, bias)).intoArray(scores, to);
            factor.fma(z1, load(weights, bias + L)).intoArray(scores, to + L);
            factor.fma(z2, load(weights, bias + 2 * L)).intoArray(scores, to + 2 * L);
            factor.fma(z3, load(weights, bias + 3 * L)).intoArray(scores, to + 3 * L);
        }
    }

    private void score2(int tile, int position) {
        int bias = tile + features * (2 * L);
        for (int row = 0; row < batch.rows(); row++) {
            int[] columns = batch.columns();
            double[] values = batch.values();
            int end = batch.rowStarts()[row + 1];
            DoubleVector z0 = DoubleVector.zero(LANES);
            DoubleVector z1 = z0;
            for (int k = batch.rowStarts()[row]; k < end; k++) {
                DoubleVector value = DoubleVector.broadcast(LANES, values[k]);
                int at = tile + columns[k] * (2 * L);
                z0 = value.fma(load(weights, at), z0);
                z1 = value.fma(load(weights, at + L), z1);
            }
            DoubleVector factor = DoubleVector.broadcast(LANES, batch.factor(row));
            int to = START + row * stride + position;
            factor.fma(z0, load(weights, bias)).intoArray(scores, to);
            factor.fma(z1, load(weights, bias + L)).intoArray(scores, to + L);
        }
    }

    private void score1(int tile, int position) {
        int bias = tile + features * L;
        for (int row = 0; row < batch.rows(); row++) {
            int[] columns = batch.columns();
            double[] values = batch.values();
            int end = batch.rowStarts()[row + 1];
            DoubleVector z = DoubleVector.zero(LANES);
            for (int k = batch.rowStarts()[row]; k < end; k++) {
                z = DoubleVector.broadcast(LANES, values[k]).fma(load(weights, tile + columns[k] * L), z);
            }
            DoubleVector factor = DoubleVector.broadcast(LANES, batch.factor(row));
            factor.fma(z, load(weights, bias)).intoArray(scores, START + row * stride + position);
        }
    }

    private static DoubleVector load(double[] array, int at) {
        return DoubleVector.fromArray(LANES, array, at);
    }
}
