package io.sparkperceptron.gradient;

import java.io.Serializable;

/** The costs of perceptrons, and the errors and rows of runs, summed over blocks of one set. Public for Kryo. */
public final class SplitSum implements Serializable {

    private final long[] wholeCosts;
    private final long[] costSteps;
    private final long[] errors;
    private final long[] rows;
    private long hash;

    SplitSum(int columns, int runs) {
        this.wholeCosts = new long[columns];
        this.costSteps = new long[columns];
        this.errors = new long[runs];
        this.rows = new long[runs];
    }

    /** Modified: this. */
    void merge(SplitSum other) {
        addAll(wholeCosts, other.wholeCosts);
        addAll(costSteps, other.costSteps);
        addAll(errors, other.errors);
        addAll(rows, other.rows);
        hash += other.hash;
    }

    void addRows(int run, int count) {
        rows[run] += count;
    }

    void addHash(long ofBlock) {
        hash += ofBlock;
    }

    void addError(int run) {
        errors[run]++;
    }

    /** Adds one block's cost of one perceptron. Returns false, and adds nothing, if the grid does not admit it. */
    boolean addCost(int column, double cost, FixedPointGrid grid) {
        if (!grid.admitsCost(cost)) {
            return false;
        }
        double whole = Math.floor(cost);
        wholeCosts[column] += (long) whole;
        costSteps[column] += grid.costSteps(cost - whole);
        return true;
    }

    long rows(int run) {
        return rows[run];
    }

    /** The sum of the blocks' hashes, which wraps around. */
    long hash() {
        return hash;
    }

    long errors(int run) {
        return errors[run];
    }

    double cost(int column, FixedPointGrid grid) {
        return grid.cost(wholeCosts[column], costSteps[column]);
    }

    static void addAll(long[] sums, long[] others) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += others[i];
        }
    }
}
