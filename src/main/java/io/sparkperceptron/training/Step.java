package io.sparkperceptron.training;

import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.model.Weights;
import java.util.List;

/**
 * One step of every run in one walk over the matrix, and what that walk finds for each run: its penalty, the norm of its gradient, whether
 * its weights are finite, and whether any of them moves. With g the gradient of cost and penalty,
 *
 * <pre>u' = momentum u + g, w' = w - learningRate u'</pre>
 *
 * which is the heavy ball of {@link Setting} with v = -learningRate u. All of it column by column, so that no run's bits depend on
 * another's, and those of a run without penalty and momentum are the same as without these terms.
 */
final class Step {

    private final Weights weights;
    private final GradientSum sum;
    private final Weights next;
    /** Null if no run has momentum, as what comes before it. */
    private final Weights velocity;

    private final Weights nextVelocity;
    /** Of each column: alpha, lambda, beta, and twice the alpha that a constant gradient comes to in the end; 0 without momentum. */
    private final double[] rates;

    private final double[] l2s;
    private final double[] momenta;
    private final double[] laterRates;
    private final boolean punished;
    /** Of each column: the sum of w^2 without the bias, of g^2, of |w' - w|, and of 0 w, which is NaN from the first w on that is not finite. */
    private final double[] weightSquares;

    private final double[] squares;
    private final double[] changes;
    private final double[] infinities;

    private Step(Weights weights, Weights velocity, List<Run> runs, GradientSum sum) {
        this.weights = weights;
        this.velocity = velocity;
        this.sum = sum;
        this.next = new Weights(weights.features(), weights.classes(), weights.runs());
        this.nextVelocity =
                velocity == null ? null : new Weights(weights.features(), weights.classes(), weights.runs());
        this.rates = new double[weights.columns()];
        this.l2s = new double[rates.length];
        this.momenta = new double[rates.length];
        this.laterRates = new double[rates.length];
        for (int p = 0; p < rates.length; p++) {
            Run run = runs.get(p / weights.classes());
            rates[p] = run.learningRate();
            l2s[p] = run.l2();
            momenta[p] = run.momentum();
            laterRates[p] = run.momentum() > 0 ? 2 * run.learningRate() / (1 - run.momentum()) : 0;
        }
        this.punished = runs.stream().anyMatch(run -> run.l2() > 0);
        this.weightSquares = new double[rates.length];
        this.squares = new double[rates.length];
        this.changes = new double[rates.length];
        this.infinities = new double[rates.length];
    }

    /**
     * The step from {@code weights}, which stay as they are, and likewise the velocity.
     *
     * @param velocity u, laid out as the weights; null if no run has momentum
     * @param runs those of the weights
     * @param sum of the pass at these weights
     */
    static Step from(Weights weights, Weights velocity, List<Run> runs, GradientSum sum) {
        Step step = new Step(weights, velocity, runs, sum);
        step.take(0, weights.features() + 1);
        return step;
    }

    /** The weights after the step. */
    Weights next() {
        return next;
    }

    /** u after the step; null if no run has momentum. */
    Weights nextVelocity() {
        return nextVelocity;
    }

    /** Whether one of the runs has momentum. */
    static boolean needsVelocity(List<Run> runs) {
        return runs.stream().anyMatch(run -> run.momentum() > 0);
    }

    /** What the run pays for its weights before the step. */
    double penalty(int run) {
        double penalty = 0;
        for (int p = run * weights.classes(); punished && p < (run + 1) * weights.classes(); p++) {
            penalty += l2s[p] > 0 ? l2s[p] / 2 * weightSquares[p] : 0;
        }
        return penalty;
    }

    /** The Euclidean norm of the run's gradient, that of its penalty included. */
    double norm(int run) {
        double total = 0;
        for (int p = run * weights.classes(); p < (run + 1) * weights.classes(); p++) {
            total += squares[p];
        }
        return Math.sqrt(total);
    }

    /**
     * Whether the step changes a weight of the run, or a later one would. If this one does not, the gradient stays as it is, and u tends
     * to g / (1 - momentum); twice as much leaves room for rounding on the way.
     */
    boolean moves(int run) {
        for (int p = run * weights.classes(); p < (run + 1) * weights.classes(); p++) {
            if (changes[p] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether no weight of the run, before the step, is infinite or NaN. */
    boolean startsFinite(int run) {
        for (int p = run * weights.classes(); p < (run + 1) * weights.classes(); p++) {
            if (infinities[p] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes the step of the features from {@code from} to before {@code to}. Sums instead of branches, for HotSpot then uses vectors. */
    private void take(int from, int to) {
        double[] before = weights.values();
        double[] after = next.values();
        double[] gradient = new double[rates.length];
        for (int feature = from; feature < to; feature++) {
            sum.meanGradient(feature, gradient);
            int row = feature * weights.stride();
            if (punished && feature < weights.features()) {
                addPenalty(row, gradient);
            }
            for (int p = 0; p < gradient.length; p++) {
                squares[p] = Math.fma(gradient[p], gradient[p], squares[p]);
            }
            if (velocity != null) {
                turn(row, gradient);
            }
            for (int p = 0; p < gradient.length; p++) {
                after[row + p] = before[row + p] - rates[p] * gradient[p];
            }
            for (int p = 0; p < gradient.length; p++) {
                changes[p] += Math.abs(after[row + p] - before[row + p]);
                infinities[p] += 0 * before[row + p];
            }
        }
    }

    /** Modified: gradient. */
    private void addPenalty(int row, double[] gradient) {
        double[] before = weights.values();
        for (int p = 0; p < gradient.length; p++) {
            weightSquares[p] = Math.fma(before[row + p], before[row + p], weightSquares[p]);
        }
        Penalty.addGradient(l2s, before, row, gradient, 0);
    }

    /** Turns the gradient of a feature into the direction of the step. Modified: gradient. */
    private void turn(int row, double[] gradient) {
        double[] before = weights.values();
        double[] last = velocity.values();
        double[] direction = nextVelocity.values();
        for (int p = 0; p < gradient.length; p++) {
            changes[p] += Math.abs(before[row + p] - laterRates[p] * gradient[p] - before[row + p]);
            gradient[p] = Math.fma(momenta[p], last[row + p], gradient[p]);
            direction[row + p] = gradient[p];
        }
    }
}
