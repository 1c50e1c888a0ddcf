package io.sparkperceptron.analysis;

import io.sparkperceptron.gradient.StepSum;
import io.sparkperceptron.model.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The remainders r_i(s) of one perceptron on a sample of rows, see {@link DescentLines}. */
final class Remainders {

    /** R(s), its derivative, and its standard error for a small sample of all rows. */
    record Mean(double cost, double slope, double deviation) {}

    private final Loss loss;
    private final double[] z;
    private final double[] u;
    private final double[] weights;
    private final boolean[] targets;
    /** The costs and slopes of the rows at s = 0. */
    private final double[] costs;

    private final double[] slopes;
    /** r_i(a) minus their mean. */
    private final double[] atRate;

    private final double meanAtRate;
    private final double variance;

    Remainders(Loss loss, List<StepSum.Row> sample, int column, int unit, double rate) {
        this.loss = loss;
        this.z = sample.stream().mapToDouble(row -> row.z(column)).toArray();
        this.u = sample.stream().mapToDouble(row -> row.u(column)).toArray();
        this.weights = sample.stream().mapToDouble(StepSum.Row::weight).toArray();
        this.targets = new boolean[z.length];
        this.costs = new double[z.length];
        this.slopes = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            targets[i] = sample.get(i).label() == unit;
            costs[i] = loss.cost(z[i], targets[i]);
            slopes[i] = loss.slope(z[i], targets[i]);
        }
        this.atRate =
                IntStream.range(0, z.length).mapToDouble(row -> cost(row, rate)).toArray();
        this.meanAtRate = centre(atRate);
        this.variance = product(atRate, atRate);
    }

    /** @param wholeAtRate R(a) */
    Mean at(double s, double wholeAtRate) {
        double[] there = new double[z.length];
        double[] derivatives = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            there[i] = cost(i, s);
            derivatives[i] = -weights[i] * u[i] * (loss.slope(z[i] - s * u[i], targets[i]) - slopes[i]);
        }
        double cost = centre(there);
        double slope = centre(derivatives);
        double share = variance > 0 ? product(there, atRate) / variance : 0;
        double slopeShare = variance > 0 ? product(derivatives, atRate) / variance : 0;
        double missed = wholeAtRate - meanAtRate;
        double left = Math.max(0, product(there, there) - share * product(there, atRate));
        return new Mean(cost + share * missed, slope + slopeShare * missed, Math.sqrt(left / z.length));
    }

    /** The mean second derivative of the cost along the line at its start. */
    double curvature() {
        double curvature = 0;
        for (int i = 0; i < z.length; i++) {
            curvature += weights[i] * loss.curvature(z[i], targets[i]) * u[i] * u[i];
        }
        return curvature / z.length;
    }

    private double cost(int row, double s) {
        double change = loss.cost(z[row] - s * u[row], targets[row]) - costs[row];
        return weights[row] * (change + s * u[row] * slopes[row]);
    }

    /** Subtracts the mean from all values, and returns it. Modified: values. */
    private static double centre(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        Arrays.setAll(values, i -> values[i] - mean);
        return mean;
    }

    /** The mean product. */
    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum / one.length;
    }
}
