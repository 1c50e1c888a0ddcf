package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.SampledRow;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Sigmoid;
import io.sparkperceptron.model.Weights;
import java.util.List;

/** Sums training blocks, row by row, into a {@link StepSum}. Not safe for use by several threads. */
public final class StepKernel {

    private final RowScores scores;
    private final int classes;
    private final int columns;
    private final List<Loss> losses;
    private final double[] rates;
    private final ClassWeights classWeights;
    private final double share;
    private final BlockCosts before;
    private final BlockCosts after;
    private final StepSum sum;

    /**
     * A kernel for one pass.
     *
     * @param both the weights of all runs, then their gradients as if these were more runs
     * @param losses one for each run
     * @param rates one for each run
     * @param share the fraction of the rows that are sampled, evenly spread
     */
    public StepKernel(
            Weights both,
            List<Loss> losses,
            double[] rates,
            ClassWeights classWeights,
            FixedPointGrid grid,
            double share) {
        this.scores = new RowScores(both);
        this.classes = both.classes();
        this.columns = both.columns() / 2;
        this.losses = losses;
        this.rates = rates;
        this.classWeights = classWeights;
        this.share = share;
        this.before = new BlockCosts(columns);
        this.after = new BlockCosts(columns);
        this.sum = new StepSum(columns, grid);
    }

    /** Modified: this. */
    public void add(ExampleBlock block) {
        before.clear();
        after.clear();
        for (int row = 0; row < block.rows(); row++) {
            scores.score(block, row);
            int label = block.label(row);
            double weight = block.weight(row) * classWeights.of(label);
            for (int run = 0; run < rates.length; run++) {
                addCosts(run, label, weight);
            }
            if (SampledRow.isSampled(block.globalRow(row), share)) {
                sum.addToSample(sampled(block.globalRow(row), label, weight));
            }
        }
        sum.addBlock(block, before, after);
    }

    /** The sum of all blocks. The kernel must not be used afterwards. */
    public StepSum finish() {
        return sum;
    }

    private void addCosts(int run, int label, double weight) {
        Loss loss = losses.get(run);
        double rate = rates[run];
        for (int c = 0; c < classes; c++) {
            int p = run * classes + c;
            double z = scores.z(p);
            if (Sigmoid.isSaturated(add(before, loss, p, z, c == label, weight))) {
                sum.addSaturated(p);
            }
            add(after, loss, p, z - rate * scores.z(columns + p), c == label, weight);
        }
    }

    /** Adds the cost of one row, and returns s = sigma(z). Modified: costs. */
    private static double add(BlockCosts costs, Loss loss, int column, double z, boolean target, double weight) {
        double e = Sigmoid.exponential(-Math.abs(z));
        double s = Sigmoid.fromExponential(z, e);
        if (weight == 1) {
            costs.add(loss, column, z, e, s, target);
        } else {
            costs.add(column, weight * loss.cost(z, target));
        }
        return s;
    }

    private StepSum.Row sampled(long row, int label, double weight) {
        double[] z = new double[columns];
        double[] u = new double[columns];
        for (int p = 0; p < columns; p++) {
            z[p] = scores.z(p);
            u[p] = scores.z(columns + p);
        }
        return new StepSum.Row(row, label, weight, z, u);
    }
}
