package io.sparkperceptron.gradient;

import io.sparkperceptron.data.ExampleBlock;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/**
 * The kernel on the vector module, to the bits that {@link ScalarKernel} gives: lanes run across perceptrons, so that each
 * perceptron's operations and their order are the same. Up to {@value RowBatch#ROWS} rows go together: all scores, then
 * all losses, then the gradient.
 *
 * <p>Its parts have small methods that hand vectors to each other in arrays, because HotSpot gives up inlining in large
 * ones and then puts every vector on the heap. For the same reason there are no masks, which JDK 17 keeps in memory.
 */
final class VectorKernel implements GradientKernel {

    private final LaneLayout layout;
    private final RowBatch batch;
    private final GradientSum sum;
    private final int classes;
    /** Scores of the batch's rows, then their deltas: row i, position q at START + i * stride + q of the layout. */
    private final double[] scores;

    private final VectorScores rowScores;
    private final VectorLosses losses;
    private final VectorGradient gradient;

    VectorKernel(Weights weights, List<Loss> losses, FixedPointGrid grid) {
        this.layout = new LaneLayout(weights, losses, DoubleVector.SPECIES_PREFERRED.length());
        this.batch = new RowBatch(weights.features());
        this.sum = new GradientSum(weights, grid);
        this.classes = weights.classes();
        this.scores = new double[LaneLayout.START + RowBatch.ROWS * layout.stride()];
        this.rowScores = new VectorScores(weights, layout, batch, scores);
        this.losses = new VectorLosses(weights, layout, batch, scores);
        this.gradient = new VectorGradient(weights, layout, batch, scores, grid);
    }

    @Override
    public void add(ExampleBlock block) {
        losses.clear();
        for (int row = 0; row < block.rows(); row += RowBatch.ROWS) {
            batch.unpack(block, row);
            rowScores.compute();
            countErrors(block.split());
            losses.add();
            if (block.split() == Split.TRAIN) {
                gradient.add(row + RowBatch.ROWS >= block.rows(), losses.biasGradient());
            }
        }
        sum.of(block.split()).addRows(block.rows());
        losses.addCostsTo(sum, block.split());
    }

    @Override
    public GradientSum finish() {
        layout.collect(gradient.total(), sum.gradient());
        return sum;
    }

    private void countErrors(Split split) {
        for (int run = 0; run < layout.runs(); run++) {
            int position = layout.runPosition(run);
            for (int row = 0; row < batch.rows(); row++) {
                if (!RowScores.isRight(
                        scores, LaneLayout.START + row * layout.stride() + position, classes, batch.label(row))) {
                    sum.of(split).addError(run);
                }
            }
        }
    }

    /** Makes vector kernels. */
    static final class Factory implements KernelFactory {

        @Override
        public GradientKernel kernel(Weights weights, List<Loss> losses, FixedPointGrid grid) {
            return new VectorKernel(weights, losses, grid);
        }

        @Override
        public long bytes(int features, int columns) {
            return Long.BYTES * (features + 1L) * (columns + 3L * (LaneLayout.roundUp(columns, lanes()) + lanes()));
        }

        @Override
        public int lanes() {
            return DoubleVector.SPECIES_PREFERRED.length();
        }
    }
}
