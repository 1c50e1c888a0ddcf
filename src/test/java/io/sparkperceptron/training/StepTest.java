package io.sparkperceptron.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MemoryGradient;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {

    private static final List<Run> RUNS = List.of(new Run(Loss.LOGISTIC, 0.5), new Run(Loss.MSE, 3));

    private MemoryGradient gradient = new MemoryGradient(0.7);

    @Test
    void isTheRateTimesTheMeanGradientAndKeepsTheOldWeights() {
        Weights weights = start(1);
        double[] before = weights.values().clone();
        GradientSum sum = sumAt(weights);
        Step step = new Step(weights, Kept.start(RUNS, weights), RUNS, sum, false, Lbfgs.HISTORY);
        double[] mean = sum.meanGradient();
        double[] squares = new double[weights.columns()];
        for (int entry = 0; entry < mean.length; entry++) {
            int p = entry % weights.stride();
            double rate = RUNS.get(p / weights.classes()).learningRate();
            assertEquals(before[entry] - rate * mean[entry], step.next().values()[entry]);
            squares[p] = Math.fma(mean[entry], mean[entry], squares[p]);
        }
        assertArrayEquals(before, weights.values());
        assertEquals(Math.sqrt(squares[0] + squares[1] + squares[2]), step.norm(0));
        assertEquals(Math.sqrt(squares[3] + squares[4] + squares[5]), step.norm(1));
        assertTrue(step.moves(0) && step.moves(1) && step.startsFinite(0) && step.startsFinite(1));
    }

    /** With weights this large, the gradient of the squared error vanishes, but not that of the logistic loss. */
    @Test
    void knowsWhichRunMoves() {
        gradient = new MemoryGradient(1);
        Weights weights = start(1e9);
        Step step = new Step(weights, Kept.start(RUNS, weights), RUNS, sumAt(weights), false, Lbfgs.HISTORY);
        assertTrue(step.moves(0));
        assertFalse(step.moves(1));
        assertEquals(0, step.norm(1));
    }

    @Test
    void knowsWhichRunHasAnInfiniteWeight() {
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Weights weights = start(1);
            weights.values()[2 * weights.stride() + 1] = odd;
            Step step = new Step(weights, Kept.start(RUNS, weights), RUNS, sumAt(weights), false, Lbfgs.HISTORY);
            assertFalse(step.startsFinite(0));
            assertTrue(step.startsFinite(1));
        }
    }

    private GradientSum sumAt(Weights weights) {
        return gradient.at(weights, RUNS.stream().map(Run::objective).toList());
    }

    private static Weights start(double sigma) {
        PerceptronModel model = new Start(sigma, 3).model(MemoryGradient.CLASSES, MemoryGradient.FEATURES);
        return Weights.of(List.of(model, model));
    }
}
