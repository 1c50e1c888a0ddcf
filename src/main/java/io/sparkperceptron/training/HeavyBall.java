package io.sparkperceptron.training;

import io.sparkperceptron.model.Weights;
import java.util.List;

/**
 * The directions of heavy ball: u = momentum u + gradient, so that the velocity of {@link Setting} is -learningRate u. Of a run without
 * momentum it is the gradient itself, to the bit.
 */
final class HeavyBall {

    private HeavyBall() {}

    static boolean isNeeded(List<Run> runs) {
        return runs.stream().anyMatch(run -> run.momentum() > 0);
    }

    /**
     * The directions of the next step.
     *
     * @param last those of the step before; null if no run has momentum
     * @return laid out as the weights; the gradient's own array if no run has momentum
     */
    static double[] directions(List<Run> runs, Weights last, double[] gradient) {
        if (last == null) {
            return gradient;
        }
        double[] directions = gradient.clone();
        for (int run = 0; run < runs.size(); run++) {
            double momentum = runs.get(run).momentum();
            if (momentum > 0) {
                int first = run * last.classes();
                for (int row = 0; row < directions.length; row += last.stride()) {
                    for (int i = row + first; i < row + first + last.classes(); i++) {
                        directions[i] = Math.fma(momentum, last.values()[i], gradient[i]);
                    }
                }
            }
        }
        return directions;
    }
}
