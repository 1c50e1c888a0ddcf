package io.sparkperceptron.training;

import io.sparkperceptron.block.ContentHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The search of one perceptron for the minimum of its objective f by L-BFGS, with a step that is halved until f falls
 * enough (J. Nocedal and S. Wright, "Numerical Optimization", 2nd edition, 2006, algorithms 7.4, 7.5 and 3.1). All
 * vectors have d+1 entries, the bias last.
 *
 * <p>A pass measures f and its gradient at {@link #trial}, the best point plus a step p. With g the gradient at the
 * best point, the trial is accepted if
 *
 * <pre>
 *   f(trial) &lt;= f(best) + 1e-4 g.p
 * </pre>
 *
 * <p>If examples have weights, passes do not measure f, but only its gradient. Then the trial is accepted if
 *
 * <pre>
 *   g(trial).p &lt;= -0.5 g.p
 * </pre>
 *
 * <p>If a convex f still falls at the trial, f is lower there than at the best point. If f rises at the trial, the
 * slope is at most half as steep as at the best point.
 *
 * <p>A trial that is not accepted halves p. An accepted trial is the new best point. It adds the pair of s, the
 * difference of the points, and y, the difference of their gradients, unless s.y is at most 1e-8 |s| |y|: f then does
 * not curve upwards along s, which happens if f is not convex. The next step is -H g, where H approximates the inverse
 * of the Hessian from the newest pairs. The first step is -g / max(1, |g|).
 *
 * <p>Immutable. Every sum has a fixed order, so the bits depend only on the measured values.
 */
public final class Lbfgs {

    /** The usual number of pairs. */
    public static final int HISTORY = 10;

    private static final double LEAST_DECREASE = 1e-4;
    private static final double LARGEST_SLOPE = 0.5;
    private static final double LEAST_CURVATURE = 1e-8;
    /** The number of scalars in a row: f(best) and the number of pairs. */
    private static final int NUMBERS = 2;
    /** The number of vectors in a row beside its pairs. */
    private static final int VECTORS = 3;

    // Pairs are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Pair(double[] s, double[] y, double product, long digest) {

        private static Pair of(double[] s, double[] y) {
            return new Pair(s, y, dot(s, y), mix(mix(0, s), y));
        }
    }

    private final double[] best;
    /** f(best); infinite before the first pass, and 0 if passes do not measure it. */
    private final double cost;

    private final double[] gradient;
    private final double[] step;
    /** The newest pair is last. */
    private final List<Pair> pairs;

    private Lbfgs(double[] best, double cost, double[] gradient, double[] step, List<Pair> pairs) {
        this.best = best;
        this.cost = cost;
        this.gradient = gradient;
        this.step = step;
        this.pairs = pairs;
    }

    /** A search before its first pass, at the starting weights. The array is kept. */
    static Lbfgs start(double[] weights) {
        double[] zeros = new double[weights.length];
        return new Lbfgs(weights, Double.POSITIVE_INFINITY, zeros, zeros, List.of());
    }

    /** Whether a point has been accepted. */
    boolean isStarted() {
        return cost < Double.POSITIVE_INFINITY;
    }

    double[] best() {
        return best;
    }

    double[] trial() {
        double[] trial = best.clone();
        addTo(trial, 1, step);
        return trial;
    }

    /**
     * The search after a pass.
     *
     * @param trial the weights of the pass; the array is kept
     * @param trialCost the objective there
     * @param trialGradient its gradient; the array is kept
     * @param most the number of pairs to keep
     */
    Lbfgs next(double[] trial, double trialCost, double[] trialGradient, int most) {
        boolean lower = trialCost <= cost + LEAST_DECREASE * dot(gradient, step);
        return lower && trialCost < Double.POSITIVE_INFINITY ? accept(trial, trialCost, trialGradient, most) : halve();
    }

    /**
     * The search after a pass that measures only the gradient of f, because gradients have weights and costs do not.
     *
     * @param finite whether the costs are finite
     */
    Lbfgs nextBySlope(double[] trial, boolean finite, double[] trialGradient, int most) {
        boolean flatter = dot(trialGradient, step) <= -LARGEST_SLOPE * dot(gradient, step);
        return flatter && finite ? accept(trial, 0, trialGradient, most) : halve();
    }

    private Lbfgs halve() {
        double[] half = new double[step.length];
        addTo(half, 0.5, step);
        return new Lbfgs(best, cost, gradient, half, pairs);
    }

    private Lbfgs accept(double[] trial, double trialCost, double[] trialGradient, int most) {
        List<Pair> newest = isStarted() ? pairsWith(trial, trialGradient, most) : pairs;
        return new Lbfgs(trial, trialCost, trialGradient, step(trialGradient, newest), newest);
    }

    private List<Pair> pairsWith(double[] trial, double[] trialGradient, int most) {
        Pair pair = Pair.of(difference(trial, best), difference(trialGradient, gradient));
        double lengths = Math.sqrt(dot(pair.s, pair.s) * dot(pair.y, pair.y));
        if (!(pair.product > LEAST_CURVATURE * lengths)) {
            return pairs;
        }
        List<Pair> all = new ArrayList<>(pairs);
        all.add(pair);
        return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
    }

    /** The step -H g; like the first step if, by rounding, -H g does not descend or is infinite. */
    private static double[] step(double[] gradient, List<Pair> pairs) {
        double[] direction = gradient.clone();
        double[] shares = new double[pairs.size()];
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Pair pair = pairs.get(i);
            shares[i] = dot(pair.s, direction) / pair.product;
            addTo(direction, -shares[i], pair.y);
        }
        double scale = pairs.isEmpty() ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : scale(pairs);
        double[] step = new double[direction.length];
        addTo(step, -scale, direction);
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            addTo(step, -shares[i] - dot(pair.y, step) / pair.product, pair.s);
        }
        double slope = dot(gradient, step);
        boolean isDescent = slope < 0 && slope > Double.NEGATIVE_INFINITY;
        return pairs.isEmpty() || isDescent ? step : step(gradient, List.of());
    }

    /** The scale of H along the newest pair, Nocedal and Wright's gamma (7.20). */
    private static double scale(List<Pair> pairs) {
        Pair newest = pairs.get(pairs.size() - 1);
        return newest.product / dot(newest.y, newest.y);
    }

    /** Mixes everything that the next search depends on into a hash. */
    long digest(long hash) {
        long mixed = mix(mix(mix(ContentHash.mix(hash, Double.doubleToRawLongBits(cost)), best), gradient), step);
        for (Pair pair : pairs) {
            mixed = ContentHash.mix(mixed, pair.digest);
        }
        return mixed;
    }

    private static long mix(long hash, double[] values) {
        long mixed = hash;
        for (double value : values) {
            mixed = ContentHash.mix(mixed, Double.doubleToRawLongBits(value));
        }
        return mixed;
    }

    /** The length of {@link #row}. */
    public static int rowLength(int features, int most) {
        return Math.addExact(NUMBERS, Math.multiplyExact(features + 1, Math.addExact(VECTORS, 2 * most)));
    }

    /** The whole state of the search, with space for {@code most} pairs; unused entries are 0. */
    double[] row(int most) {
        double[] row = new double[rowLength(best.length - 1, most)];
        row[0] = cost;
        row[1] = pairs.size();
        List<double[]> vectors = new ArrayList<>(List.of(best, gradient, step));
        pairs.forEach(pair -> vectors.addAll(List.of(pair.s, pair.y)));
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, row, NUMBERS + i * best.length, best.length);
        }
        return row;
    }

    /** The search from a {@link #row}. */
    static Lbfgs of(double[] row, int features) {
        List<double[]> vectors = new ArrayList<>();
        for (int i = 0; i < VECTORS + 2 * (int) row[1]; i++) {
            int from = NUMBERS + i * (features + 1);
            vectors.add(Arrays.copyOfRange(row, from, from + features + 1));
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = VECTORS; i < vectors.size(); i += 2) {
            pairs.add(Pair.of(vectors.get(i), vectors.get(i + 1)));
        }
        return new Lbfgs(vectors.get(0), row[0], vectors.get(1), vectors.get(2), List.copyOf(pairs));
    }

    private static double[] difference(double[] one, double[] other) {
        double[] difference = one.clone();
        addTo(difference, -1, other);
        return difference;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum = Math.fma(one[j], other[j], sum);
        }
        return sum;
    }

    /** Adds a multiple of a vector. Modified: sum. */
    private static void addTo(double[] sum, double factor, double[] vector) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = Math.fma(factor, vector[j], sum[j]);
        }
    }
}
