package io.sparkperceptron.analysis;

import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.GradientFunction;
import io.sparkperceptron.training.Start;
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
    private final int features;
    private final double difference;
    private Weights directions;

    /** Takes the number of features and the largest |x| of any scaled feature. */
    public Curvature(GradientFunction gradient, int features, double largestValue) {
        this(gradient, features, LARGEST_CHANGE / (Math.sqrt(features + 1.0) * Math.max(1, largestValue)), null);
    }

    private Curvature(GradientFunction gradient, int features, double difference, Weights directions) {
        this.gradient = gradient;
        this.features = features;
        this.difference = difference;
        this.directions = directions;
    }

    /** Curvatures over the rows of other passes, from the directions that this has found. */
    public Curvature of(GradientFunction other) {
        return new Curvature(other, features, difference, directions);
    }

    /**
     * The largest eigenvalue of X'X/n, with a column of ones in X: four times that of the Hessian of the logistic cost
     * at w = 0. Since sigma' is at most 1/4, no logistic cost has a larger curvature anywhere. The iteration ends when
     * an estimate changes by at most {@value #EIGENVALUE_TOLERANCE}, relatively, or after {@value
     * #MOST_EIGENVALUE_PASSES} passes.
     */
    public double largestEigenvalue(int classes) {
        directions = start(classes, 1);
        return largestEigenvalueOf(gradient, MOST_EIGENVALUE_PASSES);
    }

    /** Refines {@link #largestEigenvalue}, computed on a sample, with a few passes over the whole data. */
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
     * Directions continue from the last call with the same number of runs. Otherwise they start from those of {@link
     * #largestEigenvalue}, which are right at zero weights, or from seeded random ones.
     *
     * @param objectives one for each run
     * @param fewest iterations of the power method, each a pass over the data; the gradient itself takes one more
     * @param most iterations, unless no residual is above {@value #SMALL_RESIDUAL} sooner; eigenvalues below {@value
     *     #TINY} of the largest do not count
     */
    public List<Estimate> largest(Weights weights, List<Objective> objectives, int fewest, int most) {
        return largest(weights, objectives, gradient.at(weights, objectives).meanGradient(), fewest, most);
    }

    /** The same for a caller that has the gradient at the weights, of the rows that this takes passes over. */
    List<Estimate> largest(Weights weights, List<Objective> objectives, double[] base, int fewest, int most) {
        if (directions == null) {
            directions = start(weights.classes(), weights.runs());
        } else if (directions.runs() != weights.runs()) {
            directions = Weights.of(Collections.nCopies(weights.runs(), directions.run(0)));
        }
        List<Estimate> found = List.of();
        for (int i = 0; i < most && (i < fewest || isRough(found)); i++) {
            found = byRun(iterate(gradient, weights, objectives, base), weights.classes());
        }
        return found;
    }

    /** Whether an estimate that is not tiny beside the others has a large residual. */
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
    private List<Estimate> iterate(
            GradientFunction gradient, Weights weights, List<Objective> objectives, double[] base) {
        Weights moved = new Weights(weights.features(), weights.classes(), weights.runs());
        double[] v = directions.values();
        for (int i = 0; i < v.length; i++) {
            moved.values()[i] = weights.values()[i] + difference * v[i];
        }
        GradientSum sum = gradient.at(moved, objectives);
        double[] product = sum.meanGradient();
        int columns = weights.columns();
        double[] quotients = new double[columns];
        double[] largest = new double[columns];
        for (int i = 0; i < product.length; i++) {
            product[i] = (product[i] - base[i]) / difference;
            quotients[i % columns] += v[i] * product[i];
            largest[i % columns] = Math.max(largest[i % columns], Math.abs(product[i]));
        }
        // Division by the largest keeps squares from overflowing.
        double[] squares = new double[columns];
        for (int i = 0; i < product.length; i++) {
            double part = largest[i % columns] > 0 ? product[i] / largest[i % columns] : 0;
            squares[i % columns] += part * part;
        }
        for (int i = 0; i < product.length; i++) {
            // A direction without curvature stays.
            boolean curved = largest[i % columns] > 0;
            v[i] = curved ? product[i] / largest[i % columns] / Math.sqrt(squares[i % columns]) : v[i];
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

    private Weights start(int classes, int runs) {
        Weights random = Weights.of(IntStream.range(0, runs)
                .mapToObj(run -> new Start(1, SEED + run).model(classes, features))
                .toList());
        double[] v = random.values();
        double[] squares = new double[random.columns()];
        for (int i = 0; i < v.length; i++) {
            squares[i % squares.length] += v[i] * v[i];
        }
        for (int i = 0; i < v.length; i++) {
            v[i] /= Math.sqrt(squares[i % squares.length]);
        }
        return random;
    }
}
