package io.sparkperceptron.training;

import io.sparkperceptron.model.Weights;
import java.util.Arrays;

/** The penalty l2/2 |w|^2, without the biases. */
public final class Penalty {

    private Penalty() {}

    /** Adds the penalty's gradient, l2 w, to that of the cost in all runs. Modified: gradient. */
    public static void addGradient(double l2, Weights weights, double[] gradient) {
        double[] l2s = new double[weights.columns()];
        Arrays.fill(l2s, l2);
        addGradient(l2s, weights, gradient);
    }

    /** The same with one l2 for each column. Modified: gradient. */
    public static void addGradient(double[] l2s, Weights weights, double[] gradient) {
        for (int row = 0; row < biases(weights); row += weights.stride()) {
            addGradient(l2s, weights.values(), row, gradient, row);
        }
    }

    /**
     * Adds the gradient of one feature, whose weights begin at {@code row}, to the entries from {@code at} on. Each
     * column has its own l2. Modified: gradient.
     */
    static void addGradient(double[] l2s, double[] weights, int row, double[] gradient, int at) {
        for (int p = 0; p < l2s.length; p++) {
            gradient[at + p] = Math.fma(l2s[p], weights[row + p], gradient[at + p]);
        }
    }

    /** The penalty of one perceptron. */
    public static double ofPerceptron(double l2, Weights weights, int column) {
        double squares = 0;
        for (int i = column; i < biases(weights); i += weights.stride()) {
            squares = Math.fma(weights.values()[i], weights.values()[i], squares);
        }
        return l2 / 2 * squares;
    }

    /** The index of the first bias. */
    private static int biases(Weights weights) {
        return weights.features() * weights.stride();
    }
}
