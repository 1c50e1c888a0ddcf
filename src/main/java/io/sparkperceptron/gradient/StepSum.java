package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sums over training rows for a step of each perceptron along its negative gradient, from the weights w to w - rate g:
 * the costs before and after, the saturated rows before, and a sample of the rows. Costs have the weights of rows and
 * classes, and no penalty. They are integers on a {@link FixedPointGrid}, so parts merge in any order to the same bits.
 */
public final class StepSum implements Serializable {

    /** A row of the sample: for each column, its score z with w and u with g. At w - s g its score is z - s u. */
    public static final class Row implements Serializable {

        private final long number;
        private final int label;
        private final double weight;
        private final double[] z;
        private final double[] u;

        private Row(long number, int label, double weight, int columns) {
            this.number = number;
            this.label = label;
            this.weight = weight;
            this.z = new double[columns];
            this.u = new double[columns];
        }

        /** Modified: this. */
        void set(int column, double ofWeights, double ofGradient) {
            z[column] = ofWeights;
            u[column] = ofGradient;
        }

        public int label() {
            return label;
        }

        /** The factor of the row's cost, including that of its class. */
        public double weight() {
            return weight;
        }

        public double z(int column) {
            return z[column];
        }

        public double u(int column) {
            return u[column];
        }
    }

    private final FixedPointGrid grid;
    /** The costs before the step, and the number of rows. */
    private final SplitSum before;

    private final SplitSum after;
    private final long[] saturated;
    private final boolean[] diverged;
    private final List<Row> sample = new ArrayList<>();

    StepSum(int columns, FixedPointGrid grid) {
        this.grid = grid;
        this.before = new SplitSum(columns, 1);
        this.after = new SplitSum(columns, 1);
        this.saturated = new long[columns];
        this.diverged = new boolean[columns];
    }

    /** Adds the sum of other rows for the same step. Modified: this. */
    public StepSum merge(StepSum other) {
        before.merge(other.before);
        after.merge(other.after);
        SplitSum.addAll(saturated, other.saturated);
        for (int p = 0; p < diverged.length; p++) {
            diverged[p] |= other.diverged[p];
        }
        sample.addAll(other.sample);
        return this;
    }

    void addBlock(ExampleBlock block, BlockCosts costsBefore, BlockCosts costsAfter) {
        before.addRows(0, block.rows());
        before.addHash(block.hash());
        for (int p = 0; p < diverged.length; p++) {
            boolean addedBefore = before.addCost(p, costsBefore.cost(p), grid);
            boolean addedAfter = after.addCost(p, costsAfter.cost(p), grid);
            diverged[p] |= !addedBefore || !addedAfter;
        }
    }

    void addSaturated(int column) {
        saturated[column]++;
    }

    /** Adds a row; the caller sets its scores. */
    Row addToSample(long number, int label, double weight) {
        Row row = new Row(number, label, weight, diverged.length);
        sample.add(row);
        return row;
    }

    public long rows() {
        return before.rows(0);
    }

    /** The sum of the blocks' hashes; see {@link ExampleBlock#hash}. */
    public long hash() {
        return before.hash();
    }

    /** The fraction of the rows whose output s has s (1 - s) below a hundredth of 1/4. */
    public double saturated(int column) {
        return saturated[column] / (double) rows();
    }

    /** The mean cost before the step; infinite if a cost of the perceptron was NaN or too large to be added. */
    public double before(int column) {
        return diverged[column] ? Double.POSITIVE_INFINITY : before.cost(column, grid) / rows();
    }

    /** The same after the step. */
    public double after(int column) {
        return diverged[column] ? Double.POSITIVE_INFINITY : after.cost(column, grid) / rows();
    }

    /** The rows of the sample, by ascending number. */
    public List<Row> sample() {
        return sample.stream()
                .sorted(Comparator.comparingLong(row -> row.number))
                .toList();
    }
}
