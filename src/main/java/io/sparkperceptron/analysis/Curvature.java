package io.sparkperceptron.analysis;

import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.GradientFunction;
import io.sparkperceptron.training.Start;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The eigenvalue of the training cost's Hessian that is largest in absolute value, by power iteration on every
 * perceptron at once. It can be negative. The Hessian of a run has one block for each perceptron, see {@link Loss}; the
 * largest of their eigenvalues is the run's. The product with a direction v is a difference of two gradients, H v =
 * (g(w + e v) - g(w)) / e, from the passes and kernels of training.
 *
 * <p>At w = 0 the Hessian of the logistic cost is X'X/(4n), with a column of ones in X for the bias. The third
 * derivative of softplus is zero there, so the difference is exact to e^2.
 */
public final class Curvature {

    /** e times the largest possible |v.x|. */
    private static final double LARGEST_CHANGE = 1e-4;

    private static final double SMALL_RESIDUAL = 0.1;
    private static final double TINY = 1e-2;
    private static final long SEED = 1;
    private static final double EIGENVALUE_TOLERANCE = 1e-12;
    private static final int MOST_EIGENVALUE_PASSES = 100;

    private final GradientFunction gradient;
    private final double difference;
    private Weights directions;

    /** Takes passes over a sample or all rows, and the largest |x| of any scaled feature. */
    public Curvature(GradientFunction gradient, int features, int classes, double largestValue) {
        this.gradient = gradient;
        this.difference = LARGEST_CHANGE / (Math.sqrt(features + 1.0) * Math.max(1, largestValue));
        this.directions = start(features, classes);
    }

    /**
     * The largest eigenvalue of X'X/n, with a column of ones in X: four times that of the Hessian of the logistic cost
     * at w = 0. Since sigma' is at most 1/4, no logistic cost has a larger curvature anywhere. The iteration ends when
     * an estimate changes by at most {@value #EIGENVALUE_TOLERANCE}, relatively, or after {@value
     * #MOST_EIGENVALUE_PASSES} passes.
     */
    public double largestEigenvalue() {
        return largestEigenvalueOf(gradient, MOST_EIGENVALUE_PASSES);
    }

    /** Refines {@link #largestEigenvalue}, computed on a sample, with at most {@code mostPasses} over all data. */
    public double largestEigenvalueOf(GradientFunction whole, int mostPasses) {
        Weights zero = new Weights(directions.features(), directions.classes(), 1);
        List<Objective> logistic = List.of(Objective.of(Loss.LOGISTIC));
        double[] base = whole.at(zero, logistic).meanGradient();
        double largest = 0;
        for (int pass = 1; pass < mostPasses; pass++) {
            double before = largest;
            largest = iterate(whole, zero, logistic, base).stream()
                    .mapToDouble(Estimate::eigenvalue)
                    .max()
                    .orElseThrow();
            if (Math.abs(largest - before) <= EIGENVALUE_TOLERANCE * Math.abs(largest)) {
                break;
            }
        }
        return 4 * largest;
    }

    /**
     * An estimate of the power method.
     *
     * @param eigenvalue lambda = v'Hv, at most the largest in absolute value
     * @param residual |Hv - lambda v| / |lambda|: the relative distance from lambda to the nearest eigenvalue is at
     *     most this
     */
    public record Estimate(double eigenvalue, double residual) {}

    /**
     * An estimate, for each run, of the eigenvalue of its Hessian that is largest in absolute value, with its sign.
     * Directions continue from the last call with the same number of runs. Otherwise, they start from those of the
     * first run of the last call, at first those of {@link #largestEigenvalue}, which are exact at zero weights.
     *
     * @param rows passes over the rows that define the Hessian
     * @param objectives one for each run
     * @param base the gradient at the weights, on the same rows
     * @param fewest iterations of the power method, each a pass
     * @param most iterations; ends sooner if no residual is above {@value #SMALL_RESIDUAL}, except for eigenvalues of
     *     at most {@value #TINY} times the largest
     */
    List<Estimate> largest(
            GradientFunction rows, Weights weights, List<Objective> objectives, double[] base, int fewest, int most) {
        if (directions.runs() != weights.runs()) {
            directions = Weights.of(Collections.nCopies(weights.runs(), directions.run(0)));
        }
        List<Estimate> found = List.of();
        for (int i = 0; i < most && (i < fewest || isRough(found)); i++) {
            found = byRun(iterate(rows, weights, objectives, base), weights.classes());
        }
        return found;
    }

    /** Whether an estimate that is not tiny compared with the others has a large residual. */
    private static boolean isRough(List<Estimate> found) {
        double largest = found.stream()
                .mapToDouble(estimate -> Math.abs(estimate.eigenvalue()))
                .max()
                .orElse(0);
        return found.stream()
                .anyMatch(estimate ->
                        !(estimate.residual() <= SMALL_RESIDUAL) && Math.abs(estimate.eigenvalue()) > TINY * largest);
    }

    private static List<Estimate> byRun(List<Estimate> perceptrons, int classes) {
        return IntStream.range(0, perceptrons.size() / classes)
                .mapToObj(run -> perceptrons.subList(run * classes, (run + 1) * classes).stream()
                        .max(Comparator.comparingDouble(estimate -> Math.abs(estimate.eigenvalue())))
                        .orElseThrow())
                .toList();
    }

    /** One step of the power method for each perceptron. Modified: the directions. */
    private List<Estimate> iterate(GradientFunction rows, Weights weights, List<Objective> objectives, double[] base) {
        Weights moved = new Weights(weights.features(), weights.classes(), weights.runs());
        double[] v = directions.values();
        Arrays.setAll(moved.values(), i -> weights.values()[i] + difference * v[i]);
        double[] product = rows.at(moved, objectives).meanGradient();
        int columns = weights.columns();
        double[] quotients = new double[columns];
        double[] largest = new double[columns];
        for (int i = 0; i < product.length; i++) {
            product[i] = (product[i] - base[i]) / difference;
            quotients[i % columns] += v[i] * product[i];
            largest[i % columns] = Math.max(largest[i % columns], Math.abs(product[i]));
        }
        // Division by the largest entry keeps squares from overflowing.
        double[] squares = new double[columns];
        for (int i = 0; i < product.length; i++) {
            double part = largest[i % columns] > 0 ? product[i] / largest[i % columns] : 0;
            squares[i % columns] += part * part;
        }
        for (int i = 0; i < product.length; i++) {
            // A direction without curvature stays.
            if (largest[i % columns] > 0) {
                v[i] = product[i] / largest[i % columns] / Math.sqrt(squares[i % columns]);
            }
        }
        return IntStream.range(0, columns)
                .mapToObj(p -> new Estimate(quotients[p], residual(quotients[p], largest[p] * Math.sqrt(squares[p]))))
                .toList();
    }

    /** As v has length 1, |Hv - lambda v|^2 = |Hv|^2 - lambda^2. */
    private static double residual(double eigenvalue, double length) {
        double ratio = Math.abs(length / eigenvalue);
        return length == 0 ? 0 : Math.sqrt(Math.max(0, (ratio - 1) * (ratio + 1)));
    }

    /** Seeded random directions of length 1, one for each perceptron of a run. */
    private static Weights start(int features, int classes) {
        Weights random = Weights.of(List.of(new Start(1, SEED).model(classes, features)));
        double[] v = random.values();
        double[] squares = new double[classes];
        for (int i = 0; i < v.length; i++) {
            squares[i % classes] += v[i] * v[i];
        }
        Arrays.setAll(v, i -> v[i] / Math.sqrt(squares[i % classes]));
        return random;
    }
}
