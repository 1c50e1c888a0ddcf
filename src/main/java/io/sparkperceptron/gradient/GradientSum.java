package io.sparkperceptron.gradient;

import io.sparkperceptron.data.BySplit;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.model.Weights;
import java.io.Serializable;

/**
 * The sums of some blocks for one set of weights: gradient (training blocks), cost of each perceptron, errors of each run,
 * rows. Sums of parts merge, in any order, to the same bits, for all of it is integers on a {@link FixedPointGrid}.
 */
public final class GradientSum implements Serializable {

    private final FixedPointGrid grid;
    private final int classes;
    private final long[] gradient;
    private final BySplit<SplitSum> sums;
    private final boolean[] diverged;
    private long kernelNanos;

    /** Nothing summed yet, for the shape of {@code weights}. */
    public GradientSum(Weights weights, FixedPointGrid grid) {
        this.grid = grid;
        this.classes = weights.classes();
        this.gradient = new long[weights.values().length];
        this.sums = new BySplit<>(() -> new SplitSum(weights.columns(), weights.runs()));
        this.diverged = new boolean[weights.columns()];
    }

    /** Takes in the sum of other blocks for the same weights. Modified: this. */
    public GradientSum merge(GradientSum other) {
        SplitSum.addAll(gradient, other.gradient);
        sums.merge(other.sums, SplitSum::merge);
        for (int p = 0; p < diverged.length; p++) {
            diverged[p] |= other.diverged[p];
        }
        kernelNanos += other.kernelNanos;
        return this;
    }

    /** The examples summed. */
    public long rows(Split split) {
        return of(split).rows();
    }

    /** The examples of the set that run {@code run} puts in another class than their own. */
    public long errors(Split split, int run) {
        return of(split).errors(run);
    }

    /**
     * The mean cost of the set for run {@code run}: summed over its perceptrons, averaged over the examples. Infinite if
     * {@link #diverged}; NaN if there are no examples.
     */
    public double cost(Split split, int run) {
        if (diverged(run)) {
            return Double.POSITIVE_INFINITY;
        }
        double total = 0;
        for (int p = run * classes; p < (run + 1) * classes; p++) {
            total += of(split).cost(p, grid);
        }
        return total / rows(split);
    }

    /** The mean cost and the fraction of errors of the set for run {@code run}. */
    public SetMetrics metrics(Split split, int run) {
        return new SetMetrics(cost(split, run), errors(split, run) / (double) rows(split));
    }

    /** The mean cost of the set for one perceptron, averaged over the examples; NaN if there are none. */
    public double perceptronCost(Split split, int column) {
        return diverged[column] ? Double.POSITIVE_INFINITY : of(split).cost(column, grid) / rows(split);
    }

    /** Whether the cost of any of the run's perceptrons, on any block of any set, was NaN or too large to be added. */
    public boolean diverged(int run) {
        for (int p = run * classes; p < (run + 1) * classes; p++) {
            if (diverged[p]) {
                return true;
            }
        }
        return false;
    }

    /** The gradient of the mean training cost, laid out as {@link Weights}; a new array. */
    public double[] meanGradient() {
        double[] mean = new double[gradient.length];
        putMean(0, mean);
        return mean;
    }

    /**
     * The part of {@link #meanGradient()} that is of one feature.
     *
     * @param row modified: an entry for each column
     */
    public void meanGradient(int feature, double[] row) {
        putMean(feature * row.length, row);
    }

    private void putMean(int from, double[] target) {
        double step = grid.gradientStep();
        double rows = rows(Split.TRAIN);
        for (int i = 0; i < target.length; i++) {
            target[i] = gradient[from + i] * step / rows;
        }
    }

    /** The sums of one set, for a kernel to add to; its costs by {@link #addCost} alone. */
    SplitSum of(Split split) {
        return sums.of(split);
    }

    /** Adds one block's cost of one perceptron, or takes note that it has diverged. */
    void addCost(Split split, int column, double cost) {
        if (grid.admitsCost(cost)) {
            of(split).addCost(column, cost, grid);
        } else {
            diverged[column] = true;
        }
    }

    /** Adds one block's gradient. */
    void addGradient(double[] block) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += grid.gradientSteps(block[i]);
        }
    }

    /** The gradient in steps of the grid, laid out as the weights, for a kernel to add to. */
    long[] gradient() {
        return gradient;
    }

    FixedPointGrid grid() {
        return grid;
    }

    /** Takes note of time that a kernel took. */
    public void addKernelNanos(long nanos) {
        kernelNanos += nanos;
    }

    /** The time that kernels took, in all tasks together. */
    public long kernelNanos() {
        return kernelNanos;
    }
}
