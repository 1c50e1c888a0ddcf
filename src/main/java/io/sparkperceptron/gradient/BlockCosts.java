package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import java.util.Arrays;

/**
 * The costs of one block, a column each. Of the logistic loss, softplus(z) - t z = max(u, 0) + log(1 + e) with u = z, or -z
 * for the target, and e = e^-|z|; the logarithms of a block's rows are taken at once, as log1p(q) with 1 + q the product of
 * all 1 + e. Keeping q, not 1 + q, loses no small e, of which the grid then keeps what is above its step; {@value
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

    void addLogistic(int column, double u, double e) {
        sums[column] += Math.max(u, 0);
        products[column] = Math.fma(1 + products[column], e, products[column]);
    }

    void addSquare(int column, double difference) {
        sums[column] = Math.fma(0.5 * difference, difference, sums[column]);
    }

    /** Modified: sum. */
    void addTo(GradientSum sum, ExampleBlock block) {
        for (int p = 0; p < sums.length; p++) {
            sum.addCost(block, p, cost(sums[p], products[p]));
        }
    }

    /** A perceptron's cost of one block, from what is kept of it. */
    static double cost(double sum, double product) {
        return sum + StrictMath.log1p(product);
    }
}
