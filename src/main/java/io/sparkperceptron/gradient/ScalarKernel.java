package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Sigmoid;
import io.sparkperceptron.model.Weights;
import java.util.Arrays;
import java.util.List;

/**
 * The plain kernel, and the reference for all others. Let z be the scores of {@link RowScores}, v_k the row's stored
 * entries in ascending columns j_k, and f its factor. For each row and each perceptron:
 *
 * <pre>
 *   s = sigma(z);  delta = dJ/dz times the product of the row's weight and that of its class
 *   g[bias] = g[bias] + delta
 *   g[j_k] = fma(v_k, f delta, g[j_k])
 * </pre>
 *
 * <p>In each block, g and the cost start at zero, add the rows in order, and are rounded to the grid at the end. Only
 * features with entries are visited.
 */
final class ScalarKernel implements GradientKernel {

    static final KernelChoice.Kind KIND =
            new KernelChoice.Kind(1, ScalarKernel::new, RowScores::new, ScalarKernel::bytes);

    private final Weights weights;
    private final List<Objective> objectives;
    private final ClassWeights classWeights;
    private final RowScores scores;
    private final double[] deltas;
    private final TouchedGradient gradient;
    private final BlockCosts costs;
    private final GradientSum sum;

    ScalarKernel(Weights weights, List<Objective> objectives, ClassWeights classWeights, FixedPointGrid grid) {
        this.weights = weights;
        this.objectives = objectives;
        this.classWeights = classWeights;
        this.scores = new RowScores(weights);
        this.deltas = new double[weights.columns()];
        this.gradient = new TouchedGradient(weights.features(), weights.columns(), grid);
        this.costs = new BlockCosts(weights.columns());
        this.sum = new GradientSum(weights, objectives, grid);
    }

    @Override
    public void add(ExampleBlock block) {
        boolean training = block.split() == Split.TRAIN;
        costs.clear();
        gradient.begin(block);
        for (int row = 0; row < block.rows(); row++) {
            scores.score(block, row);
            double weight = block.weight(row) * classWeights.of(block.label(row));
            for (int run = 0; run < objectives.size(); run++) {
                if (!scores.isRight(run, block.label(row))) {
                    sum.addError(block, run);
                }
                addCosts(block.label(row), weight, run);
                if (sum.isHeldOut(block, run)) {
                    Arrays.fill(deltas, run * weights.classes(), (run + 1) * weights.classes(), 0);
                }
            }
            if (training) {
                addGradient(block.factor(row));
            }
        }
        sum.addRows(block);
        costs.addTo(sum, block);
        if (training) {
            gradient.finishBlock();
        }
    }

    @Override
    public GradientSum finish() {
        gradient.moveTo(sum);
        return sum;
    }

    /** Adds the costs of one run's perceptrons for the current row, and sets their deltas. */
    private void addCosts(int label, double weight, int run) {
        int from = run * weights.classes();
        Loss loss = objectives.get(run).loss();
        for (int p = from; p < from + weights.classes(); p++) {
            boolean target = p - from == label;
            double z = scores.z(p);
            double e = Sigmoid.exponential(-Math.abs(z));
            double s = Sigmoid.fromExponential(z, e);
            costs.add(loss, p, z, e, s, target);
            deltas[p] = loss.slope(z, s, target) * weight;
        }
    }

    private void addGradient(double factor) {
        gradient.addBias(deltas);
        for (int p = 0; p < deltas.length; p++) {
            deltas[p] *= factor;
        }
        scores.addScaledRow(deltas, gradient);
    }

    private static long bytes(int features, int columns) {
        return (features + 1L) * (2L * Double.BYTES * columns + Integer.BYTES);
    }
}
