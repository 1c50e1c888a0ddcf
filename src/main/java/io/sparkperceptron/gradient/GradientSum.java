package io.sparkperceptron.gradient;

import io.sparkperceptron.block.BySplit;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.model.Weights;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The sums of some blocks for one set of weights: gradient (training blocks), cost of each perceptron, errors of each run,
 * rows. Sums of parts merge, in any order, to the same bits, for all of it is integers on a {@link FixedPointGrid}.
 */
public final class GradientSum implements Serializable {

    private final int[] heldOutFolds;
    private final FixedPointGrid grid;
    private final int classes;
    private final int features;
    /** A line for each feature, and for the bias, in steps of the grid; or for those in {@link #touched} alone. */
    private long[] gradient = new long[0];

    /** The features whose lines the gradient has, in any order, all others being zero; null if it has all. */
    private int[] touched = new int[0];

    private final BySplit<SplitSum> sums;
    private final boolean[] diverged;
    private FeatureFactors factors = FeatureFactors.NONE;
    private long kernelNanos;

    /** Nothing summed yet, for the shape of {@code weights}. */
    GradientSum(Weights weights, List<Objective> objectives, FixedPointGrid grid) {
        this.heldOutFolds = objectives.stream().mapToInt(Objective::heldOutFold).toArray();
        this.grid = grid;
        this.classes = weights.classes();
        this.features = weights.features();
        this.sums = new BySplit<>(() -> new SplitSum(weights.columns(), weights.runs()));
        this.diverged = new boolean[weights.columns()];
    }

    /** Takes in the sum of other blocks for the same weights. Modified: this. */
    public GradientSum merge(GradientSum other) {
        addGradient(other);
        sums.merge(other.sums, SplitSum::merge);
        for (int p = 0; p < diverged.length; p++) {
            diverged[p] |= other.diverged[p];
        }
        kernelNanos += other.kernelNanos;
        return this;
    }

    /** The examples summed that are of the set for run {@code run}. */
    public long rows(Split split, int run) {
        return of(split).rows(run);
    }

    /** The sum of the hashes of the set's blocks, whatever runs make of them; see {@link ExampleBlock#hash}. */
    public long hash(Split split) {
        return of(split).hash();
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
        return total / rows(split, run);
    }

    /** The mean cost and the fraction of errors of the set for run {@code run}. */
    public SetMetrics metrics(Split split, int run) {
        return new SetMetrics(cost(split, run), errors(split, run) / (double) rows(split, run));
    }

    /** The mean cost of the set for one perceptron, averaged over the examples; NaN if there are none. */
    public double perceptronCost(Split split, int column) {
        return diverged[column]
                ? Double.POSITIVE_INFINITY
                : of(split).cost(column, grid) / rows(split, column / classes);
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
        int columns = diverged.length;
        double[] mean = new double[(features + 1) * columns];
        double[] row = new double[columns];
        for (int feature = 0; feature <= features; feature++) {
            meanGradient(feature, row);
            System.arraycopy(row, 0, mean, feature * columns, columns);
        }
        return mean;
    }

    /**
     * The part of {@link #meanGradient()} that is of one feature, or of the bias.
     *
     * @param row modified: an entry for each column
     */
    public void meanGradient(int feature, double[] row) {
        spread();
        double step = grid.gradientStep(feature);
        double factor = factors.of(feature);
        int from = feature * row.length;
        for (int run = 0; run < heldOutFolds.length; run++) {
            double rows = rows(Split.TRAIN, run);
            for (int p = run * classes; p < (run + 1) * classes; p++) {
                row[p] = gradient[from + p] * step / rows * factor;
            }
        }
    }

    /** Takes note that what was summed is to be multiplied by factors, to be what the model sees. Modified: this. */
    public GradientSum withFactors(FeatureFactors factors) {
        this.factors = factors;
        return this;
    }

    /** Whether the block adds nothing to the run's gradient. */
    boolean isHeldOut(ExampleBlock block, int run) {
        return split(block, run) != Split.TRAIN;
    }

    /** Adds the block's rows, to each run's own set, and its hash. */
    void addRows(ExampleBlock block) {
        of(block.split()).addHash(block.hash());
        for (int run = 0; run < heldOutFolds.length; run++) {
            of(split(block, run)).addRows(run, block.rows());
        }
    }

    void addError(ExampleBlock block, int run) {
        of(split(block, run)).addError(run);
    }

    /** Adds the block's cost of one perceptron, or takes note that it has diverged. */
    void addCost(ExampleBlock block, int column, double cost) {
        if (grid.admitsCost(cost)) {
            of(split(block, column / classes)).addCost(column, cost, grid);
        } else {
            diverged[column] = true;
        }
    }

    /** The set that the block's rows count in for a run: validation, if they are in the fold that it holds out. */
    private Split split(ExampleBlock block, int run) {
        boolean heldOut = heldOutFolds[run] != Objective.NONE && heldOutFolds[run] == block.fold();
        return heldOut ? Split.VALIDATION : block.split();
    }

    private SplitSum of(Split split) {
        return sums.of(split);
    }

    /**
     * Takes a gradient, instead of nothing.
     *
     * @param steps of the grid, laid out as the weights. The array is kept
     */
    void setGradient(long[] steps) {
        gradient = steps;
        touched = null;
    }

    /**
     * Likewise, of some features. All have their lines as soon as that takes fewer bytes.
     *
     * @param touched the features, d for the bias, in any order; others have a gradient of zero. The arrays are kept
     * @param steps of the grid, a line for each of them
     */
    void setGradient(int[] touched, long[] steps) {
        this.touched = touched;
        this.gradient = steps;
        long lineBytes = (long) Long.BYTES * diverged.length;
        if (touched.length * (lineBytes + Integer.BYTES) >= (features + 1L) * lineBytes) {
            spread();
        }
    }

    private void addGradient(GradientSum other) {
        if (touched != null && touched.length == 0) {
            touched = other.touched;
            gradient = other.gradient;
            return;
        }
        if (touched != null && other.touched != null) {
            addTouched(other);
            return;
        }
        spread();
        if (other.touched == null) {
            SplitSum.addAll(gradient, other.gradient);
        } else {
            addLines(other.touched, other.gradient, gradient);
        }
    }

    /** Of some features each, which are some, too. */
    private void addTouched(GradientSum other) {
        int columns = diverged.length;
        int[] slots = new int[features + 1];
        for (int i = 0; i < touched.length; i++) {
            slots[touched[i]] = i + 1;
        }
        int[] all = Arrays.copyOf(touched, touched.length + other.touched.length);
        int count = touched.length;
        for (int feature : other.touched) {
            if (slots[feature] == 0) {
                all[count++] = feature;
                slots[feature] = count;
            }
        }
        long[] lines = Arrays.copyOf(gradient, Math.multiplyExact(count, columns));
        for (int i = 0; i < other.touched.length; i++) {
            int to = (slots[other.touched[i]] - 1) * columns;
            for (int p = 0; p < columns; p++) {
                lines[to + p] += other.gradient[i * columns + p];
            }
        }
        setGradient(Arrays.copyOf(all, count), lines);
    }

    /** Gives all features lines. */
    private void spread() {
        if (touched != null) {
            long[] all = new long[Math.multiplyExact(features + 1, diverged.length)];
            addLines(touched, gradient, all);
            setGradient(all);
        }
    }

    private void addLines(int[] touched, long[] lines, long[] all) {
        int columns = diverged.length;
        for (int i = 0; i < touched.length; i++) {
            for (int p = 0; p < columns; p++) {
                all[touched[i] * columns + p] += lines[i * columns + p];
            }
        }
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
