package io.sparkperceptron.gradient;

import io.sparkperceptron.data.ExampleBlock;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/**
 * The kernel on the vector module, to the bits that {@link ScalarKernel} gives: lanes run across perceptrons, so that each
 * perceptron's operations and their order are the same. The rows of a block go together: all scores, then
 * all losses, then the gradient.
 *
 * <p>Its parts have small methods that hand vectors to each other in arrays, because HotSpot gives up inlining in large
 * ones and then puts every vector on the heap. For the same reason there are no masks, which JDK 17 keeps in memory.
 */
final class VectorKernel implements GradientKernel {

    private final LaneLayout layout;
    private final GradientSum sum;
    private final int classes;
    /** Scores of the block's rows, then their deltas, and a line that a row without a partner is paired with. */
    private final double[][] scores;

    private final double[] rowOfRun;

    private final VectorScores rowScores;
    private final VectorLosses losses;
    private final VectorGradient gradient;

    VectorKernel(Weights weights, List<Loss> losses, FixedPointGrid grid) {
        this.layout = new LaneLayout(weights, losses, DoubleVector.SPECIES_PREFERRED.length());
        this.sum = new GradientSum(weights, grid);
        this.classes = weights.classes();
        this.scores = layout.matrix(ExampleBlock.ROWS + 1);
        this.rowOfRun = new double[classes];
        this.rowScores = new VectorScores(weights, layout, scores);
        this.losses = new VectorLosses(weights, layout, scores);
        this.gradient = new VectorGradient(weights, layout, scores, grid);
    }

    @Override
    public void add(ExampleBlock block) {
        losses.clear();
        rowScores.compute(block);
        countErrors(block);
        losses.add(block);
        if (block.split() == Split.TRAIN) {
            gradient.add(block, losses.biasGradient());
        }
        sum.of(block.split()).addRows(block.rows());
        losses.addCostsTo(sum, block.split());
    }

    @Override
    public GradientSum finish() {
        layout.collect(gradient.total(), sum.gradient());
        return sum;
    }

    private void countErrors(ExampleBlock block) {
        for (int run = 0; run < layout.runs(); run++) {
            for (int row = 0; row < block.rows(); row++) {
                if (!isRight(run, row, block.label(row))) {
                    sum.of(block.split()).addError(run);
                }
            }
        }
    }

    /** A run's classes may lie in several tiles. */
    private boolean isRight(int run, int row, int label) {
        int position = layout.runPosition(run);
        int tile = layout.tileOf(position);
        int at = position - layout.tilePosition(tile);
        if (at + classes <= layout.tileStep(tile)) {
            return RowScores.isRight(scores[tile], LaneLayout.START + row * layout.tileStep(tile) + at, classes, label);
        }
        for (int copied = 0; copied < classes; tile++) {
            int step = layout.tileStep(tile);
            int length = Math.min(classes - copied, step - at);
            System.arraycopy(scores[tile], LaneLayout.START + row * step + at, rowOfRun, copied, length);
            copied += length;
            at = 0;
        }
        return RowScores.isRight(rowOfRun, 0, classes, label);
    }

    /** Makes vector kernels. */
    static final class Factory implements KernelFactory {

        @Override
        public GradientKernel kernel(Weights weights, List<Loss> losses, FixedPointGrid grid) {
            return new VectorKernel(weights, losses, grid);
        }

        @Override
        public long bytes(int features, int columns) {
            long width = columns + (long) LaneLayout.WIDEST_TILE * lanes();
            return Long.BYTES * ((features + 1L) * (columns + 3 * width) + (ExampleBlock.ROWS + 1) * width);
        }

        @Override
        public int lanes() {
            return DoubleVector.SPECIES_PREFERRED.length();
        }
    }
}
