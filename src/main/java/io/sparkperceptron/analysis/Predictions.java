package io.sparkperceptron.analysis;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.gradient.RowScores;
import io.sparkperceptron.model.Sigmoid;
import java.io.Serializable;

/** A model's predictions for the rows of a block, 12 bytes for each row. */
public final class Predictions implements Serializable {

    private final long firstRow;
    private final int[] classes;
    private final double[] scores;

    /** Predicts the consecutive rows of a block. Modified: scores, which must be of one model. */
    public Predictions(ExampleBlock block, RowScores scores) {
        this.firstRow = block.globalRow(0);
        this.classes = new int[block.rows()];
        this.scores = new double[block.rows()];
        for (int i = 0; i < classes.length; i++) {
            scores.score(block, i);
            classes[i] = scores.predicted(0);
            this.scores[i] = Sigmoid.sigmoid(scores.z(classes[i]));
        }
    }

    public int count() {
        return classes.length;
    }

    /** The global number of row {@code i} of the block. */
    public long row(int i) {
        return firstRow + i;
    }

    public int predicted(int i) {
        return classes[i];
    }

    /** sigma(z) of the predicted class. */
    public double score(int i) {
        return scores[i];
    }
}
