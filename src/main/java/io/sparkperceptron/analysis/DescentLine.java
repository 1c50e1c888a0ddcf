package io.sparkperceptron.analysis;

import java.util.List;

/**
 * The cost of one perceptron along its gradient, on a sample of the training examples: at w - s g, with w its weights
 * after some epoch, g the gradient of its cost there, and s from 0 to {@code longest}.
 *
 * @param unit the number of its class
 * @param saturated the fraction of examples whose derivative s (1 - s) is less than a hundredth of the largest, 1/4
 * @param longest the last s; place i of N + 1 is at {@code longest} (i / N)^3, so most are near 0
 * @param costs at these places, the penalty included
 * @param slopes the derivatives of the costs by s
 */
public record DescentLine(int epoch, int unit, float saturated, double longest, List<Float> costs, List<Float> slopes) {

    public DescentLine {
        Checks.notNegative(epoch, "the epoch of a line");
        Checks.notNegative(unit, "the class of a line");
        costs = Checks.complete(costs, "costs");
        slopes = Checks.complete(slopes, "slopes");
        if (costs.size() < 2 || costs.size() != slopes.size() || !(longest > 0)) {
            throw new IllegalArgumentException("expected a line of some length with as many slopes as costs, got "
                    + longest + ", " + costs.size() + " costs and " + slopes.size() + " slopes");
        }
    }
}
