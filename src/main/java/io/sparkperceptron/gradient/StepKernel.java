package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Sigmoid;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sums training blocks, row by row, into a {@link StepSum}. Not safe for use by several threads. */
public final class StepKernel {

    /** With a few hundred features, the weights of this many columns stay in the second-level cache. */
    private static final int TILE_COLUMNS = 80;

    /** Some runs, with the scores of their weights and then of their gradients. */
    private record Tile(int from, int runs, RowScores scores) {}

    private final int classes;
    private final List<Loss> losses;
    private final double[] rates;
    private final ClassWeights classWeights;
    private final double share;
    private final List<Tile> tiles = new ArrayList<>();
    private final BlockCosts before;
    private final BlockCosts after;
    private final StepSum sum;

    /**
     * A kernel for one pass.
     *
     * @param both the weights of all runs, then their gradients as further runs
     * @param losses one for each run
     * @param rates one for each run
     * @param share the fraction of rows to sample, evenly spread
     */
    public StepKernel(
            Weights both,
            List<Loss> losses,
            double[] rates,
            ClassWeights classWeights,
            FixedPointGrid grid,
            KernelChoice kernel,
            double share) {
        this.classes = both.classes();
        this.losses = losses;
        this.rates = rates;
        this.classWeights = classWeights;
        this.share = share;
        int most = Math.max(1, TILE_COLUMNS / (2 * classes));
        for (int from = 0; from < rates.length; from += most) {
            int end = Math.min(rates.length, from + most);
            int[] runs = IntStream.concat(
                            IntStream.range(from, end), IntStream.range(rates.length + from, rates.length + end))
                    .toArray();
            tiles.add(new Tile(from, end - from, kernel.scores(both.keepRuns(runs))));
        }
        this.before = new BlockCosts(classes * rates.length);
        this.after = new BlockCosts(classes * rates.length);
        this.sum = new StepSum(classes * rates.length, grid);
    }

    /** Modified: this. */
    public void add(ExampleBlock block) {
        before.clear();
        after.clear();
        double[] weights = new double[block.rows()];
        StepSum.Row[] sampled = new StepSum.Row[block.rows()];
        for (int row = 0; row < block.rows(); row++) {
            weights[row] = block.weight(row) * classWeights.of(block.label(row));
            if (block.isSampled(row, share)) {
                sampled[row] = sum.addToSample(block.globalRow(row), block.label(row), weights[row]);
            }
        }
        for (Tile tile : tiles) {
            for (int row = 0; row < block.rows(); row++) {
                tile.scores.score(block, row);
                add(tile, block.label(row), weights[row], sampled[row]);
            }
        }
        sum.addBlock(block, before, after);
    }

    /** The sum of all blocks. The kernel must not be used afterwards. */
    public StepSum finish() {
        return sum;
    }

    /** Adds the costs of one row, and its scores if it is in the sample. Modified: sampled, which may be null. */
    private void add(Tile tile, int label, double weight, StepSum.Row sampled) {
        for (int r = 0; r < tile.runs; r++) {
            Loss loss = losses.get(tile.from + r);
            double rate = rates[tile.from + r];
            for (int c = 0; c < classes; c++) {
                int p = (tile.from + r) * classes + c;
                double z = tile.scores.z(r * classes + c);
                double u = tile.scores.z((tile.runs + r) * classes + c);
                if (Sigmoid.isSaturated(add(before, loss, p, z, c == label, weight))) {
                    sum.addSaturated(p);
                }
                add(after, loss, p, z - rate * u, c == label, weight);
                if (sampled != null) {
                    sampled.set(p, z, u);
                }
            }
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
}
