package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.Loss;
import java.util.Arrays;

/**
 * The costs of one block, one for each column. The logistic loss is softplus(z) - t z = max(u, 0) + log(1 + e), with u
 * = z, or -z for the target, and e = e^-|z|. One log1p(q) replaces the logarithms of all rows, where 1 + q is the
 * product of all 1 + e. Storing q instead of 1 + q keeps the digits of a small e. A product of {@value
 * ExampleBlock#ROWS} factors of at most 2 cannot overflow.
 */
final class BlockCosts {

    private final double[] sums;
    private final double[] products;

    BlockCosts(int columns) {
        this.sums = new double[columns];
        this.products = new double[columns];
    }

    void clear() {
        Arrays.fill(sums, 0);
        Arrays.fill(products, 0);
    }

    /** Adds the cost of one row. Takes e = e^-|z| and s = sigma(z). */
    void add(Loss loss, int column, double z, double e, double s, boolean target) {
        switch (loss) {
            case LOGISTIC -> addLogistic(column, target ? -z : z, e);
            case MSE -> addSquare(column, s - (target ? 1 : 0));
        }
    }

    /** Adds a cost of a row that the caller has computed. */
    void add(int column, double cost) {
        sums[column] += cost;
    }

    private void addLogistic(int column, double u, double e) {
        sums[column] += Math.max(u, 0);
        products[column] = Math.fma(1 + products[column], e, products[column]);
    }

    private void addSquare(int column, double difference) {
        sums[column] = Math.fma(0.5 * difference, difference, sums[column]);
    }

    double cost(int column) {
        return cost(sums[column], products[column]);
    }

    /** Modified: sum. */
    void addTo(GradientSum sum, ExampleBlock block) {
        for (int p = 0; p < sums.length; p++) {
            sum.addCost(block, p, cost(p));
        }
    }

    static double cost(double sum, double product) {
        return sum + StrictMath.log1p(product);
    }
}
