package io.sparkperceptron.training;

import io.sparkperceptron.model.Weights;
import java.util.Arrays;

/** The penalty l2/2 |w|^2; the biases are left out of it. */
public final class Penalty {

    private Penalty() {}

    /** Adds its gradient, l2 w, to that of the cost, in all runs. Modified: gradient. */
    public static void addGradient(double l2, Weights weights, double[] gradient) {
        double[] l2s = new double[weights.columns()];
        Arrays.fill(l2s, l2);
        for (int row = 0; row < biases(weights); row += weights.stride()) {
            addGradient(l2s, weights.values(), row, gradient, row);
        }
    }

    /**
     * Likewise of one feature, each column by its own l2. Modified: gradient.
     *
     * @param row where the feature's weights begin
     * @param at where its gradient begins
     */
    static void addGradient(double[] l2s, double[] weights, int row, double[] gradient, int at) {
        for (int p = 0; p < l2s.length; p++) {
            gradient[at + p] = Math.fma(l2s[p], weights[row + p], gradient[at + p]);
        }
    }

    /** What one perceptron pays. */
    public static double ofPerceptron(double l2, Weights weights, int column) {
        double squares = 0;
        for (int i = column; i < biases(weights); i += weights.stride()) {
            squares = Math.fma(weights.values()[i], weights.values()[i], squares);
        }
        return l2 / 2 * squares;
    }

    /** Where the row of the biases, the last one, begins. */
    private static int biases(Weights weights) {
        return weights.features() * weights.stride();
    }
}
