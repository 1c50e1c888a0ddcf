package io.sparkperceptron.analysis;

import io.sparkperceptron.gradient.StepSum;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.Penalty;
import io.sparkperceptron.training.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Computes a {@link DescentLine} for each perceptron of some runs, in one pass over the training rows.
 *
 * <p>The cost along a line is that of its tangent, which is known from all rows, plus a remainder: the mean over the
 * rows of r_i(s) = cost_i(s) - cost_i(0) - s cost_i'(0). A sample estimates this mean. At s = a, the learning rate, all
 * rows give the exact mean R(a), which corrects the estimate by regression (W. Cochran, "Sampling Techniques", 3rd
 * edition, 1977, chapter 7):
 *
 * <pre>
 *   R(s) = mean r(s) + b(s) (R(a) - mean r(a)),  b(s) = cov(r(s), r(a)) / var(r(a))
 * </pre>
 *
 * <p>R(0) and R(a) are exact. If the sample has all rows, all values are exact.
 */
public final class DescentLines {

    static final int STEPS = 15;

    /** A step of 2 / curvature is the shortest that does not lower a quadratic cost. A line is twice as long. */
    private static final double FAR = 4;

    /** The smallest and the largest length of a line, in learning rates. */
    private static final double LEAST_RATES = 2;

    private static final double MOST_RATES = 1000;

    /** A pass over all training rows. */
    @FunctionalInterface
    public interface Pass {

        /**
         * The sum over all rows for a step.
         *
         * @param both the weights of all runs, then their gradients, penalty included, as further runs
         * @param losses one for each run
         * @param rates one for each run
         */
        StepSum at(Weights both, List<Loss> losses, double[] rates);
    }

    private final Pass pass;
    private int sampledRows;

    public DescentLines(Pass pass) {
        this.pass = pass;
    }

    /**
     * A line for each class of each run, run by run. Modified: this, gradients.
     *
     * @param epochs of each run
     * @param gradients of the mean training cost, without the penalty; this adds the gradients of the penalty
     */
    public List<List<DescentLine>> of(int[] epochs, Weights weights, Weights gradients, List<Setting> settings) {
        Weights both = new Weights(weights.features(), weights.classes(), 2 * weights.runs());
        int columns = weights.columns();
        double[] l2s = IntStream.range(0, columns)
                .mapToDouble(p -> settings.get(p / weights.classes()).l2())
                .toArray();
        Penalty.addGradient(l2s, weights, gradients.values());
        for (int p = 0; p < columns; p++) {
            both.setColumn(p, weights.column(p));
            both.setColumn(columns + p, gradients.column(p));
        }
        StepSum sum = pass.at(
                both,
                settings.stream().map(Setting::loss).toList(),
                settings.stream().mapToDouble(Setting::learningRate).toArray());
        List<StepSum.Row> sample = sum.sample();
        sampledRows = sample.size();
        return IntStream.range(0, weights.runs())
                .mapToObj(run -> IntStream.range(0, weights.classes())
                        .parallel()
                        .mapToObj(unit -> line(epochs[run], settings.get(run), unit, both, run, sum, sample))
                        .toList())
                .toList();
    }

    /** The number of rows in the sample of the last pass; 0 before the first. */
    public int sampledRows() {
        return sampledRows;
    }

    private static DescentLine line(
            int epoch, Setting setting, int unit, Weights both, int run, StepSum sum, List<StepSum.Row> sample) {
        int column = run * both.classes() + unit;
        double[] w = both.column(column);
        double[] g = both.column(both.columns() / 2 + column);
        double rate = setting.learningRate();
        double l2 = setting.l2();
        double ww = productWithoutBias(w, w);
        double wg = productWithoutBias(w, g);
        double gg = productWithoutBias(g, g);
        double squared = gg + g[g.length - 1] * g[g.length - 1];
        double before = sum.before(column) + l2 / 2 * ww;
        double after = sum.after(column) + l2 / 2 * (ww - 2 * rate * wg + rate * rate * gg);
        Remainders remainders = new Remainders(setting.loss(), sample, column, unit, rate);
        double atRate = sum.after(column) - sum.before(column) + rate * (squared - l2 * wg);
        double longest = longest(remainders.curvature() + l2 * gg, squared, rate);
        double notSampled = Math.sqrt(1 - sample.size() / (double) sum.rows());
        List<Float> costs = new ArrayList<>();
        List<Float> slopes = new ArrayList<>();
        List<Float> deviations = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            double s = place(step, longest);
            Remainders.Mean mean = remainders.at(s, atRate);
            costs.add((float) (before - s * squared + mean.cost() + l2 / 2 * s * s * gg));
            slopes.add((float) (mean.slope() - squared + l2 * s * gg));
            deviations.add((float) (notSampled * mean.deviation()));
        }
        boolean known = slopes.get(0) < 0
                && Stream.of(costs, slopes, deviations).flatMap(List::stream).allMatch(Float::isFinite);
        float saturated = (float) sum.saturated(column);
        return known
                ? new DescentLine(epoch, unit, saturated, before, after, longest, costs, slopes, deviations)
                : new DescentLine(epoch, unit, saturated, 0, 0, 0, List.of(), List.of(), List.of());
    }

    private static double longest(double curvature, double squared, double rate) {
        double far = curvature == 0 ? 0 : FAR * squared / Math.abs(curvature);
        return Math.max(LEAST_RATES * rate, Math.min(MOST_RATES * rate, far));
    }

    private static double productWithoutBias(double[] one, double[] other) {
        double sum = 0;
        for (int j = 0; j < one.length - 1; j++) {
            sum += one[j] * other[j];
        }
        return sum;
    }

    static double place(int step, double longest) {
        double part = step / (double) STEPS;
        return longest * part * part * part;
    }
}
