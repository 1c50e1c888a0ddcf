package io.sparkperceptron.training;

import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.model.Weights;
import java.util.List;

/**
 * One step of every run, w' = w - alpha grad J(w), in one walk over the matrix, and what that walk finds for each run: the
 * norm of its gradient, whether its weights are finite, and whether any of them moves. All of it column by column, so that
 * no run's bits depend on another's.
 */
final class Step {

    private final Weights weights;
    private final GradientSum sum;
    private final Weights next;
    /** alpha of each column. */
    private final double[] rates;
    /** Of each column: the sum of g^2, of |w' - w|, and of 0 w, which is NaN from the first w on that is not finite. */
    private final double[] squares;

    private final double[] changes;
    private final double[] infinities;

    private Step(Weights weights, List<Run> runs, GradientSum sum) {
        this.weights = weights;
        this.sum = sum;
        this.next = new Weights(weights.features(), weights.classes(), weights.runs());
        this.rates = new double[weights.columns()];
        for (int p = 0; p < rates.length; p++) {
            rates[p] = runs.get(p / weights.classes()).learningRate();
        }
        this.squares = new double[rates.length];
        this.changes = new double[rates.length];
        this.infinities = new double[rates.length];
    }

    /**
     * The step from {@code weights}, which stay as they are.
     *
     * @param runs those of the weights
     * @param sum of the pass at these weights
     */
    static Step from(Weights weights, List<Run> runs, GradientSum sum) {
        Step step = new Step(weights, runs, sum);
        step.take(0, weights.features() + 1);
        return step;
    }

    /** The weights after the step. */
    Weights next() {
        return next;
    }

    /** The Euclidean norm of the run's gradient. */
    double norm(int run) {
        double total = 0;
        for (int p = run * weights.classes(); p < (run + 1) * weights.classes(); p++) {
            total += squares[p];
        }
        return Math.sqrt(total);
    }

    /** Whether the step changes a weight of the run. If not, neither would any later one: all of them are this one. */
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
            for (int p = 0; p < gradient.length; p++) {
                squares[p] = Math.fma(gradient[p], gradient[p], squares[p]);
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
}
