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
import java.util.stream.IntStream;

/**
 * The sums over blocks for fixed weights: the gradient over training blocks, each perceptron's cost, and the number
 * of each run's errors and rows. All sums are integers on a {@link FixedPointGrid}, so parts merge in any order to the same bits.
 */
public final class GradientSum implements Serializable {

    private final int[] heldOutFolds;
    private final FixedPointGrid grid;
    private final int classes;
    private final int features;
    /** A line for each feature and the bias, in steps of the grid, or only for the features in {@link #touched}. */
    private long[] gradient = new long[0];

    /** The features with a line, in any order; all others are zero. Null if all features have lines. */
    private int[] touched = new int[0];

    private final BySplit<SplitSum> sums;
    private final boolean[] diverged;
    private FeatureFactors factors = FeatureFactors.NONE;
    private long kernelNanos;

    /** An empty sum for the shape of {@code weights}. */
    GradientSum(Weights weights, List<Objective> objectives, FixedPointGrid grid) {
        this.heldOutFolds = objectives.stream().mapToInt(Objective::heldOutFold).toArray();
        this.grid = grid;
        this.classes = weights.classes();
        this.features = weights.features();
        this.sums = new BySplit<>(() -> new SplitSum(weights.columns(), weights.runs()));
        this.diverged = new boolean[weights.columns()];
    }

    /** Adds the sum of other blocks for the same weights. Modified: this. */
    public GradientSum merge(GradientSum other) {
        addGradient(other);
        sums.merge(other.sums, SplitSum::merge);
        for (int p = 0; p < diverged.length; p++) {
            diverged[p] |= other.diverged[p];
        }
        kernelNanos += other.kernelNanos;
        return this;
    }

    /** The number of examples in this set for the run. */
    public long rows(Split split, int run) {
        return sums.of(split).rows(run);
    }

    /** The sum of the hashes of the set's blocks, the same for all runs; see {@link ExampleBlock#hash}. */
    public long hash(Split split) {
        return sums.of(split).hash();
    }

    public long errors(Split split, int run) {
        return sums.of(split).errors(run);
    }

    /** The mean over examples of the sum over perceptrons; infinite if {@link #diverged}, NaN without examples. */
    public double cost(Split split, int run) {
        if (diverged(run)) {
            return Double.POSITIVE_INFINITY;
        }
        double total = 0;
        for (int p = run * classes; p < (run + 1) * classes; p++) {
            total += sums.of(split).cost(p, grid);
        }
        return total / rows(split, run);
    }

    public SetMetrics metrics(Split split, int run) {
        return new SetMetrics(cost(split, run), errors(split, run) / (double) rows(split, run));
    }

    /** The mean cost of one perceptron on the set; infinite if it diverged, NaN without examples. */
    public double perceptronCost(Split split, int column) {
        return diverged[column]
                ? Double.POSITIVE_INFINITY
                : sums.of(split).cost(column, grid) / rows(split, column / classes);
    }

    /** Whether any cost of the run's perceptrons, on any block of any set, was NaN or too large to be added. */
    public boolean diverged(int run) {
        return IntStream.range(run * classes, (run + 1) * classes).anyMatch(p -> diverged[p]);
    }

    /** The gradient of the mean training cost in a new array, laid out as {@link Weights}. */
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

    /** The part of {@link #meanGradient()} for one feature, or for the bias. Modified: row. */
    public void meanGradient(int feature, double[] row) {
        expandToAllFeatures();
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

    /** Sets the factors that turn the gradient for stored features into that for scaled ones. Modified: this. */
    public GradientSum withFactors(FeatureFactors factors) {
        this.factors = factors;
        return this;
    }

    boolean isHeldOut(ExampleBlock block, int run) {
        return split(block, run) != Split.TRAIN;
    }

    /** Adds the block's rows to each run's set, and its hash. */
    void addRows(ExampleBlock block) {
        sums.of(block.split()).addHash(block.hash());
        for (int run = 0; run < heldOutFolds.length; run++) {
            sums.of(split(block, run)).addRows(run, block.rows());
        }
    }

    void addError(ExampleBlock block, int run) {
        sums.of(split(block, run)).addError(run);
    }

    /** Adds the block's cost of one perceptron, or marks it as diverged. */
    void addCost(ExampleBlock block, int column, double cost) {
        boolean added = sums.of(split(block, column / classes)).addCost(column, cost, grid);
        diverged[column] |= !added;
    }

    /** The set of the block's rows for a run: validation for the fold that it holds out. */
    private Split split(ExampleBlock block, int run) {
        boolean heldOut = heldOutFolds[run] != Objective.NONE && heldOutFolds[run] == block.fold();
        return heldOut ? Split.VALIDATION : block.split();
    }

    /** Sets the gradient of an empty sum, in steps of the grid, laid out as the weights. The array is kept. */
    void setGradient(long[] steps) {
        gradient = steps;
        touched = null;
    }

    /**
     * Sets the gradient of some features. All features get lines if this takes fewer bytes.
     *
     * @param touched the features, d for the bias, in any order; all others are zero. The array is kept
     * @param steps of the grid, a line for each of these features; the array is kept
     */
    void setGradient(int[] touched, long[] steps) {
        this.touched = touched;
        this.gradient = steps;
        long lineBytes = (long) Long.BYTES * diverged.length;
        if (touched.length * (lineBytes + Integer.BYTES) >= (features + 1L) * lineBytes) {
            expandToAllFeatures();
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
        expandToAllFeatures();
        if (other.touched == null) {
            SplitSum.addAll(gradient, other.gradient);
        } else {
            addLines(other.touched, other.gradient, gradient);
        }
    }

    /** Adds a sum if both sums have lines for only some features. */
    private void addTouched(GradientSum other) {
        int[] slots = new int[features + 1];
        for (int i = 0; i < touched.length; i++) {
            slots[touched[i]] = i + 1;
        }
        int[] all = Arrays.copyOf(touched, touched.length + other.touched.length);
        int count = touched.length;
        int[] places = new int[other.touched.length];
        for (int i = 0; i < places.length; i++) {
            int feature = other.touched[i];
            if (slots[feature] == 0) {
                all[count++] = feature;
                slots[feature] = count;
            }
            places[i] = slots[feature] - 1;
        }
        long[] lines = Arrays.copyOf(gradient, Math.multiplyExact(count, diverged.length));
        addLines(places, other.gradient, lines);
        setGradient(Arrays.copyOf(all, count), lines);
    }

    private void expandToAllFeatures() {
        if (touched != null) {
            long[] all = new long[Math.multiplyExact(features + 1, diverged.length)];
            addLines(touched, gradient, all);
            setGradient(all);
        }
    }

    /** Adds line i to line {@code places[i]} of {@code all}. Modified: all. */
    private void addLines(int[] places, long[] lines, long[] all) {
        int columns = diverged.length;
        for (int i = 0; i < places.length; i++) {
            for (int p = 0; p < columns; p++) {
                all[places[i] * columns + p] += lines[i * columns + p];
            }
        }
    }

    public void addKernelNanos(long nanos) {
        kernelNanos += nanos;
    }

    /** The time of the kernels in nanoseconds, summed over all tasks. */
    public long kernelNanos() {
        return kernelNanos;
    }
}
