package io.sparkperceptron.gradient;

import io.sparkperceptron.block.EntryPairs;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.Collections;

/** The same scores, computed for all rows of a block together if it is stored in pairs. */
final class VectorRowScores extends RowScores {

    private final LaneLayout layout;
    /** The scores of a block's rows. Null, like {@code ofBlock}, before the first block in pairs. */
    private double[][] scores;

    private VectorScores ofBlock;
    private ExampleBlock computed;

    VectorRowScores(Weights weights) {
        super(weights);
        // With one loss, positions are columns.
        this.layout = new LaneLayout(
                weights, Collections.nCopies(weights.runs(), Objective.of(Loss.LOGISTIC)), VectorKernel.KIND.lanes());
    }

    @Override
    public void score(ExampleBlock block, int row) {
        if (block != computed && !compute(block)) {
            super.score(block, row);
            return;
        }
        for (int tile = 0; tile < layout.tiles(); tile++) {
            int step = layout.tileStep(tile);
            int position = layout.tilePosition(tile);
            System.arraycopy(
                    scores[tile], LaneLayout.START + row * step, z, position, Math.min(step, z.length - position));
        }
    }

    /** Returns false if the block is not stored in pairs, or weights are not finite. */
    private boolean compute(ExampleBlock block) {
        EntryPairs rows = block.rowPairs();
        if (rows == null) {
            return false;
        }
        if (ofBlock == null) {
            scores = layout.matrix(ExampleBlock.ROWS + 1);
            ofBlock = new VectorScores(weights, layout, scores);
        }
        if (ofBlock.allWeightsFinite()) {
            ofBlock.compute(block, rows);
            computed = block;
        }
        return ofBlock.allWeightsFinite();
    }
}
