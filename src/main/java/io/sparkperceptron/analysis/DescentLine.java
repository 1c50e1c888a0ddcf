package io.sparkperceptron.analysis;

import java.util.List;

/**
 * One perceptron of a run after some epoch: how many training examples saturate it, how the run's step changes its
 * cost, and its cost along the line w - s g. Here w are its weights, g is the gradient of its cost at w, and s goes
 * from 0 to {@code longest}. Costs and gradient include the weights of rows and classes, and the penalty.
 *
 * <p>{@code saturated}, {@code before}, {@code after} and the first cost and slope are from all training examples. All
 * other costs are estimates from a sample.
 *
 * @param unit the number of its class
 * @param saturated the fraction of examples whose derivative s (1 - s) is less than a hundredth of the largest, 1/4
 * @param before the cost at w; 0 if there are no costs
 * @param after the cost at s = the learning rate; 0 if there are no costs
 * @param longest the last s; place i of 0 to N is at {@code longest} (i / N)^3, so most are near 0; 0 if there are none
 * @param costs at these places; none if the gradient vanishes or a cost is not finite
 * @param slopes the derivatives of the costs with respect to s
 * @param deviations the standard errors of the costs
 */
public record DescentLine(
        int epoch,
        int unit,
        float saturated,
        double before,
        double after,
        double longest,
        List<Float> costs,
        List<Float> slopes,
        List<Float> deviations) {

    public DescentLine {
        Checks.notNegative(epoch, "the epoch of a line");
        Checks.notNegative(unit, "the class of a line");
        costs = Checks.complete(costs, "costs");
        slopes = Checks.complete(slopes, "slopes");
        deviations = Checks.complete(deviations, "standard errors");
        boolean none = costs.isEmpty() && longest == 0;
        if (slopes.size() != costs.size()
                || deviations.size() != costs.size()
                || !(none || (costs.size() > 1 && longest > 0))) {
            throw new IllegalArgumentException(
                    "expected a line of some length with a cost, a slope and a standard error"
                            + " at each place, got " + longest + ", " + costs.size() + " costs, " + slopes.size()
                            + " slopes and " + deviations.size() + " standard errors");
        }
    }
}
