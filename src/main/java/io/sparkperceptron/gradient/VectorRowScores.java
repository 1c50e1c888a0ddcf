package io.sparkperceptron.gradient;

import io.sparkperceptron.block.EntryPairs;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.Collections;

/** The same scores. All rows of a block go together if it is stored in pairs. */
final class VectorRowScores extends RowScores {

    private final LaneLayout layout;
    private final double[][] scores;
    private final VectorScores ofBlock;
    private ExampleBlock computed;

    VectorRowScores(Weights weights) {
        super(weights);
        // With one loss, positions are columns.
        this.layout = new LaneLayout(
                weights, Collections.nCopies(weights.runs(), Objective.of(Loss.LOGISTIC)), VectorKernel.KIND.lanes());
        this.scores = layout.matrix(ExampleBlock.ROWS + 1);
        this.ofBlock = new VectorScores(weights, layout, scores);
    }

    @Override
    public void score(ExampleBlock block, int row) {
        if (block != computed) {
            EntryPairs rows = block.rowPairs();
            if (rows == null || !ofBlock.allWeightsFinite()) {
                super.score(block, row);
                return;
            }
            ofBlock.compute(block, rows);
            computed = block;
        }
        for (int tile = 0; tile < layout.tiles(); tile++) {
            int step = layout.tileStep(tile);
            int position = layout.tilePosition(tile);
            System.arraycopy(
                    scores[tile], LaneLayout.START + row * step, z, position, Math.min(step, z.length - position));
        }
    }
}
