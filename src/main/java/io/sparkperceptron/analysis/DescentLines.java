package io.sparkperceptron.analysis;

import io.sparkperceptron.block.SampledRow;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Sigmoid;
import io.sparkperceptron.training.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Computes a {@link DescentLine} for each perceptron of a run, from some training examples. */
public final class DescentLines {

    static final int STEPS = 15;

    /** A step of 2 over the curvature is the first that does not lower a quadratic cost. A line is twice as long. */
    private static final double FAR = 4;

    /** The least and the greatest length of a line, in learning rates. */
    private static final double LEAST_RATES = 2;

    private static final double MOST_RATES = 1000;

    private final List<SampledRow> rows;
    private final double[] weights;
    private final FeatureFactors factors;

    public DescentLines(List<SampledRow> rows, ClassWeights classWeights, FeatureFactors factors) {
        this.rows = List.copyOf(rows);
        this.weights = rows.stream()
                .mapToDouble(row -> row.weight() * classWeights.of(row.label()))
                .toArray();
        this.factors = factors;
    }

    /** A line for each class, unless the gradient of its perceptron vanishes or its costs are not finite. */
    public List<DescentLine> of(int epoch, PerceptronModel model, Setting setting) {
        return IntStream.range(0, model.classes())
                .parallel()
                .mapToObj(unit -> line(epoch, model, unit, setting))
                .flatMap(List::stream)
                .toList();
    }

    private List<DescentLine> line(int epoch, PerceptronModel model, int unit, Setting setting) {
        double[] w = IntStream.rangeClosed(0, model.features())
                .mapToDouble(j -> model.weight(unit, j))
                .toArray();
        double[] z = scores(w);
        double[] g = gradient(w, z, unit, setting);
        double[] u = scores(g);
        // The penalty leaves the bias out.
        double ww = product(w, w);
        double wg = product(w, g);
        double gg = product(g, g);
        double squared = gg + g[model.features()] * g[model.features()];
        if (!(squared > 0 && squared < Double.POSITIVE_INFINITY)) {
            return List.of();
        }
        double longest = longest(curvature(z, u, unit, setting.loss()) + setting.l2() * gg, squared, setting);
        List<Float> costs = new ArrayList<>();
        List<Float> slopes = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            double s = place(step, longest);
            double cost = setting.l2() / 2 * (ww - 2 * s * wg + s * s * gg);
            double slope = setting.l2() * (s * gg - wg);
            for (int i = 0; i < z.length; i++) {
                double at = z[i] - s * u[i];
                cost += share(i) * setting.loss().cost(at, isTarget(i, unit));
                slope -= share(i) * setting.loss().slope(at, isTarget(i, unit)) * u[i];
            }
            costs.add((float) cost);
            slopes.add((float) slope);
        }
        boolean finite = Stream.concat(costs.stream(), slopes.stream()).allMatch(Float::isFinite);
        return finite ? List.of(new DescentLine(epoch, unit, saturated(z), longest, costs, slopes)) : List.of();
    }

    private double[] gradient(double[] w, double[] z, int unit, Setting setting) {
        double[] gradient = new double[w.length];
        int bias = w.length - 1;
        for (int i = 0; i < z.length; i++) {
            double slope = share(i) * setting.loss().slope(z[i], isTarget(i, unit));
            SampledRow row = rows.get(i);
            for (int k = 0; k < row.entries(); k++) {
                gradient[row.feature(k)] += slope * row.value(k);
            }
            gradient[bias] += slope;
        }
        factors.multiply(gradient);
        for (int j = 0; j < bias; j++) {
            gradient[j] += setting.l2() * w[j];
        }
        return gradient;
    }

    /** The second derivative along the line at its start, without the penalty's. */
    private double curvature(double[] z, double[] u, int unit, Loss loss) {
        double curvature = 0;
        for (int i = 0; i < z.length; i++) {
            curvature += share(i) * loss.curvature(z[i], isTarget(i, unit)) * u[i] * u[i];
        }
        return curvature;
    }

    private static double longest(double curvature, double squared, Setting setting) {
        double far = curvature == 0 ? 0 : FAR * squared / Math.abs(curvature);
        return Math.max(LEAST_RATES * setting.learningRate(), Math.min(MOST_RATES * setting.learningRate(), far));
    }

    private static float saturated(double[] z) {
        long saturated = Arrays.stream(z)
                .map(Sigmoid::sigmoid)
                .filter(Evaluation::isSaturated)
                .count();
        return saturated / (float) z.length;
    }

    /** The product of two vectors without their last entries. */
    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int j = 0; j < one.length - 1; j++) {
            sum += one[j] * other[j];
        }
        return sum;
    }

    /** The share of a row in a mean. */
    private double share(int row) {
        return weights[row] / rows.size();
    }

    static double place(int step, double longest) {
        double part = step / (double) STEPS;
        return longest * part * part * part;
    }

    private boolean isTarget(int row, int unit) {
        return rows.get(row).label() == unit;
    }

    /** The products of all rows with a vector whose last entry is the bias. */
    private double[] scores(double[] vector) {
        double[] scaled = vector.clone();
        factors.multiply(scaled);
        return rows.stream()
                .mapToDouble(row -> {
                    double sum = scaled[scaled.length - 1];
                    for (int k = 0; k < row.entries(); k++) {
                        sum += row.value(k) * scaled[row.feature(k)];
                    }
                    return sum;
                })
                .toArray();
    }
}
