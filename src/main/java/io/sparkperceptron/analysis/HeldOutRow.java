package io.sparkperceptron.analysis;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.gradient.RowScores;
import java.io.Serializable;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A training row with its scores by the model that was trained without the row's fold. Immutable. */
public final class HeldOutRow implements Serializable {

    /** The smallest {@link #margin()} first; on a tie, the lowest row first. */
    public static final Comparator<HeldOutRow> MOST_DOUBTFUL_FIRST =
            Comparator.<HeldOutRow>comparingDouble(row -> row.margin()).thenComparingLong(HeldOutRow::row);

    private final long row;
    private final int fold;
    private final int label;
    private final int prediction;
    private final double[] z;

    /** Scores a row of a block. Modified: scores, which must be of the fold's model alone. */
    public HeldOutRow(ExampleBlock block, int row, RowScores scores, int classes) {
        scores.score(block, row);
        this.row = block.globalRow(row);
        this.fold = block.fold();
        this.label = block.label(row);
        this.prediction = scores.predicted(0);
        this.z = IntStream.range(0, classes).mapToDouble(scores::z).toArray();
    }

    /** The row's number in the training set, from 0. */
    public long row() {
        return row;
    }

    public int fold() {
        return fold;
    }

    public int label() {
        return label;
    }

    public int prediction() {
        return prediction;
    }

    /** z of the perceptron of class c. */
    public double z(int c) {
        return z[c];
    }

    /**
     * The evidence for the row's label: z of the label minus the largest z of another class. The ranking by margin of
     * C. Northcutt, L. Jiang and I. Chuang, "Confident learning: estimating uncertainty in dataset labels", Journal of
     * Artificial Intelligence Research 70, 2021, uses probabilities; z of a perceptron is their log odds, which
     * distinguish rows even if probabilities are close to 0 or 1.
     */
    public double margin() {
        return margin(z, label);
    }

    /** z of class c minus the largest z of another class; z of class c if there is no other. */
    public static double margin(double[] z, int c) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int other = 0; other < z.length; other++) {
            largest = other == c ? largest : Math.max(largest, z[other]);
        }
        return z.length == 1 ? z[c] : z[c] - largest;
    }
}
