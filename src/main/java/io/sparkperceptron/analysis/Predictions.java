package io.sparkperceptron.analysis;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.gradient.RowScores;
import io.sparkperceptron.model.Sigmoid;
import java.io.Serializable;

/** What a model says of a block's rows: 12 bytes for each. */
public final class Predictions implements Serializable {

    private final long firstRow;
    private final int[] classes;
    private final double[] scores;

    /**
     * Predicts.
     *
     * @param block with rows that follow each other
     * @param scores of one model. Modified
     */
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

    /** The number of row {@code i} of these among all. */
    public long row(int i) {
        return firstRow + i;
    }

    /** The class that row {@code i} is put in. */
    public int predicted(int i) {
        return classes[i];
    }

    /** sigma(z) of that class. */
    public double score(int i) {
        return scores[i];
    }
}
