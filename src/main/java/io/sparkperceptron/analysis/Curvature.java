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
 * The eigenvalue of the training cost's Hessian that is largest in size, by power iteration on every perceptron at
 * once. It can be negative. The Hessian of a run has one block for each perceptron, see {@link Loss}, so that of their
 * eigenvalues the largest in size is the run's. A product with it is a difference of two gradients, H v = (g(w + e v) -
 * g(w)) / e, from the same passes and kernels that training uses.
 *
 * <p>At w = 0 the Hessian of the logistic cost is X'X/(4n), X with a column of ones for the bias, and since the third derivative
 * of softplus vanishes there the difference is exact to e^2.
 */
public final class Curvature {

    /** e times the largest |v.x| that can be. */
    private static final double LARGEST_CHANGE = 1e-4;

    private static final double SMALL_RESIDUAL = 0.1;
    private static final double TINY = 1e-2;
    private static final long SEED = 1;
    private static final double EIGENVALUE_TOLERANCE = 1e-12;
    private static final int MOST_EIGENVALUE_PASSES = 100;

    private final GradientFunction gradient;
    private final double difference;
    private Weights directions;

    /**
     * Curvature of one set of data.
     *
     * @param largestValue the largest |x| of any scaled feature
     */
    public Curvature(GradientFunction gradient, int features, double largestValue) {
        this.gradient = gradient;
        this.difference = LARGEST_CHANGE / (Math.sqrt(features + 1.0) * Math.max(1, largestValue));
    }

    /**
     * The largest eigenvalue of X'X/n, X with a column of ones: four times that of the Hessian of the logistic cost at
     * w = 0. No logistic cost is curved more anywhere, for sigma' is at most 1/4. The iteration ends when an estimate
     * is within {@value #EIGENVALUE_TOLERANCE} of the last, relatively, or after {@value #MOST_EIGENVALUE_PASSES}
     * passes over the data.
     */
    public double largestEigenvalue(int features, int classes) {
        directions = start(features, classes, 1);
        return largestEigenvalueOf(gradient, MOST_EIGENVALUE_PASSES);
    }

    /**
     * The same of other data, of which these are a sample, after {@link #largestEigenvalue} of these: the iteration goes on where it
     * ended, so that a few passes are enough.
     *
     * @param whole gradient of the other data
     */
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
     * What the power method found.
     *
     * @param eigenvalue lambda = v'Hv, no larger in size than the largest
     * @param residual |Hv - lambda v| / |lambda|: some eigenvalue is no farther from lambda than so many times its size
     */
    public record Estimate(double eigenvalue, double residual) {}

    /**
     * An estimate of the eigenvalue that is largest in size of each run's Hessian at the given weights, with its sign.
     * Directions begin at those of the last call for as many runs; else at those of {@link #largestEigenvalue} if that was called, which are right
     * at zero weights; and else at random, seeded ones.
     *
     * @param objectives one for each run
     * @param fewest iterations of the power method, each a pass over the data; one more is for the gradient itself
     * @param most iterations, until no run's residual is above {@value #SMALL_RESIDUAL}, but for eigenvalues of less than {@value #TINY} of
     *     the largest
     */
    public List<Estimate> largest(Weights weights, List<Objective> objectives, int fewest, int most) {
        if (directions == null) {
            directions = start(weights.features(), weights.classes(), weights.runs());
        } else if (directions.runs() != weights.runs()) {
            directions = Weights.of(Collections.nCopies(weights.runs(), directions.run(0)));
        }
        double[] base = gradient.at(weights, objectives).meanGradient();
        List<Estimate> found = List.of();
        for (int i = 0; i < most && (i < fewest || isRough(found)); i++) {
            found = byRun(iterate(gradient, weights, objectives, base), weights.classes());
        }
        return found;
    }

    /** Whether one is that is not tiny beside the others. */
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
        // The largest is taken out first, so that no square overflows.
        double[] squares = new double[columns];
        for (int i = 0; i < product.length; i++) {
            double part = largest[i % columns] > 0 ? product[i] / largest[i % columns] : 0;
            squares[i % columns] += part * part;
        }
        for (int i = 0; i < product.length; i++) {
            // Where nothing is curved, a direction stays.
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

    private static Weights start(int features, int classes, int runs) {
        Weights directions = Weights.of(IntStream.range(0, runs)
                .mapToObj(run -> new Start(1, SEED + run).model(classes, features))
                .toList());
        double[] v = directions.values();
        double[] squares = new double[directions.columns()];
        for (int i = 0; i < v.length; i++) {
            squares[i % squares.length] += v[i] * v[i];
        }
        for (int i = 0; i < v.length; i++) {
            v[i] /= Math.sqrt(squares[i % squares.length]);
        }
        return directions;
    }
}
