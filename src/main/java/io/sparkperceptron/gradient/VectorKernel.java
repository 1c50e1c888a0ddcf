package io.sparkperceptron.gradient;

import io.sparkperceptron.block.EntryPairs;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Weights;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/**
 * The kernel with the vector module, with the bits of {@link ScalarKernel}. Lanes run across perceptrons, so each
 * perceptron has the same operations in the same order. A paired block is computed as a whole: first all scores, then
 * all losses, then the gradient.
 *
 * <p>Small methods pass vectors in arrays: HotSpot stops inlining in large methods, and then allocates every vector on
 * the heap. There are no masks, because JDK 17 keeps them in memory.
 */
final class VectorKernel implements GradientKernel {

    static final KernelChoice.Kind KIND = new KernelChoice.Kind(
            DoubleVector.SPECIES_PREFERRED.length(), VectorKernel::new, VectorRowScores::new, VectorKernel::bytes);

    private final LaneLayout layout;
    private final GradientSum sum;
    private final int classes;
    private final int weightCount;
    /** The scores of the block's rows, later their deltas; the extra line pairs with a row without a partner. */
    private final double[][] scores;

    private final RowBatch batch;
    private final VectorScores rowScores;
    private final VectorLosses losses;
    private final VectorGradient gradient;
    private boolean anyGradient;

    VectorKernel(Weights weights, List<Objective> objectives, ClassWeights classWeights, FixedPointGrid grid) {
        this.layout = new LaneLayout(weights, objectives, KIND.lanes());
        this.sum = new GradientSum(weights, objectives, grid);
        this.classes = weights.classes();
        this.weightCount = weights.values().length;
        this.scores = layout.matrix(ExampleBlock.ROWS + 1);
        this.batch = new RowBatch(weights.features());
        this.rowScores = new VectorScores(weights, layout, scores);
        this.losses = new VectorLosses(weights, classWeights, layout, scores);
        this.gradient = new VectorGradient(weights, layout, scores, grid);
    }

    @Override
    public void add(ExampleBlock block) {
        losses.begin(block, sum);
        // Read each field only once, because another training may drop the pairs at any time.
        EntryPairs rows = block.rowPairs();
        EntryPairs features = block.featurePairs();
        boolean paired = rows != null && (features != null || block.split() != Split.TRAIN);
        if (paired && rowScores.allWeightsFinite()) {
            rowScores.compute(block, rows);
            countErrors(block, 0, block.rows());
            losses.add(block, 0, block.rows());
            if (block.split() == Split.TRAIN) {
                addGradient(block, features);
            }
        } else {
            addBatches(block);
        }
        if (block.split() == Split.TRAIN) {
            gradient.finishBlock(losses.biasGradient());
            anyGradient = true;
        }
        sum.addRows(block);
        losses.addCostsTo(sum, block);
    }

    private void addGradient(ExampleBlock block, EntryPairs features) {
        if (losses.allDeltasFinite()) {
            gradient.add(features, losses.heldOutTiles());
        } else {
            for (int from = 0; from < block.rows(); from += RowBatch.ROWS) {
                batch.unpack(block, from);
                gradient.add(batch, from, losses.heldOutTiles());
            }
        }
    }

    private void addBatches(ExampleBlock block) {
        for (int from = 0; from < block.rows(); from += RowBatch.ROWS) {
            batch.unpack(block, from);
            rowScores.compute(block, batch, from);
            countErrors(block, from, from + batch.rows);
            losses.add(block, from, from + batch.rows);
            if (block.split() == Split.TRAIN) {
                gradient.add(batch, from, losses.heldOutTiles());
            }
        }
    }

    @Override
    public GradientSum finish() {
        if (anyGradient) {
            long[] steps = new long[weightCount];
            layout.collect(gradient.total(), steps);
            sum.setGradient(steps);
        }
        return sum;
    }

    private void countErrors(ExampleBlock block, int from, int end) {
        for (int run = 0; run < layout.runs(); run++) {
            int tile = layout.tileOf(layout.runPosition(run));
            int offset = layout.runPosition(run) - layout.tilePosition(tile);
            int step = layout.tileStep(tile);
            boolean inOneTile = offset + classes <= step;
            for (int row = from; row < end; row++) {
                int at = LaneLayout.START + row * step + offset;
                boolean right = inOneTile
                        ? RowScores.isRight(scores[tile], at, classes, block.label(row))
                        : isRight(layout.runPosition(run), row, block.label(row));
                if (!right) {
                    sum.addError(block, run);
                }
            }
        }
    }

    /** For a run whose classes start at position {@code from} and lie in several tiles. */
    private boolean isRight(int from, int row, int label) {
        int tile = layout.tileOf(from + label);
        double own = scores[tile][scoreIndex(tile, row, from + label)];
        int end = from + classes;
        int next;
        for (int position = from; position < end; position = next) {
            tile = layout.tileOf(position);
            next = Math.min(end, layout.tilePosition(tile) + layout.tileStep(tile));
            int at = scoreIndex(tile, row, position);
            if (!RowScores.isLargest(own, label - (position - from), scores[tile], at, next - position)) {
                return false;
            }
        }
        return true;
    }

    private int scoreIndex(int tile, int row, int position) {
        return LaneLayout.START + row * layout.tileStep(tile) + position - layout.tilePosition(tile);
    }

    private static long bytes(int features, int columns) {
        long width = columns + (long) LaneLayout.WIDEST_TILE * KIND.lanes();
        return Long.BYTES * ((features + 1L) * (columns + 3 * width) + (ExampleBlock.ROWS + 1) * width);
    }
}
