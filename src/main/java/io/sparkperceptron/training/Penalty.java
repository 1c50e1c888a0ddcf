package io.sparkperceptron.training;

import io.sparkperceptron.model.Weights;
import java.util.List;

/** The penalty l2/2 |w|^2 of each run; the biases are left out of it. */
public final class Penalty {

    private Penalty() {}

    /** Adds the penalties' gradient, l2 w, to that of the costs. Modified: gradient. */
    static void addGradient(List<Run> runs, Weights weights, double[] gradient) {
        for (int run = 0; run < runs.size(); run++) {
            if (runs.get(run).l2() > 0) {
                addGradient(runs.get(run).l2(), weights, run, gradient);
            }
        }
    }

    /** Likewise that of one run's. Modified: gradient. */
    public static void addGradient(double l2, Weights weights, int run, double[] gradient) {
        int first = run * weights.classes();
        for (int row = 0; row < biases(weights); row += weights.stride()) {
            for (int i = row + first; i < row + first + weights.classes(); i++) {
                gradient[i] = Math.fma(l2, weights.values()[i], gradient[i]);
            }
        }
    }

    /** What run {@code run} pays. */
    static double of(double l2, Weights weights, int run) {
        double penalty = 0;
        for (int column = run * weights.classes(); l2 > 0 && column < (run + 1) * weights.classes(); column++) {
            penalty += ofPerceptron(l2, weights, column);
        }
        return penalty;
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
