package io.sparkperceptron.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Costs of a single row with two chosen scores. The row is of class 0. */
class BlockCostsTest {

    @ParameterizedTest
    @CsvSource({
        // own z, other z, cost by the logistic loss, cost by the squared error
        "0, 0, 1.3862943611198906, 0.25",
        "1000, -1000, 0, 0",
        "-1000, 1000, 2000, 1",
        "1000, 1000, 1000, 0.5",
        "-1000, -1000, 1000, 0.5",
        "40, -40, 8.4967e-18, 0"
    })
    void costsAtTheExtremes(double own, double other, double logistic, double square) {
        assertEquals(logistic, cost(own, other, Loss.LOGISTIC), 1e-15 * Math.max(1, logistic));
        assertEquals(square, cost(own, other, Loss.MSE), 1e-15);
    }

    /** Costs are rounded to steps of 2^-60, although a double would hold more digits. */
    @ParameterizedTest
    @CsvSource({
        "10, 9.07977984337293e-05",
        "20, 4.122307240628762e-09",
        "30, 1.8715245937679474e-13",
        "38, 6.278265584096059e-17",
        "50, 3.8574996959278356e-22"
    })
    void costsNearZeroKeepTheDigitsAboveTheirStep(double own, double logistic) {
        double step = 0x1p-60;
        double found = cost(own, -own, Loss.LOGISTIC);
        assertEquals(logistic, found, 1.1 * step);
        assertEquals(Math.rint(found / step), found / step);
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0", "0, NaN", "-Infinity, 0", "0, Infinity", "-1e300, 0"})
    void nanAndInfiniteCostsDiverge(double own, double other) {
        assertEquals(Double.POSITIVE_INFINITY, cost(own, other, Loss.LOGISTIC));
    }

    @ParameterizedTest
    @CsvSource({"Infinity, -Infinity", "1e300, -1e300"})
    void infinitelyRightCostsNothing(double own, double other) {
        assertEquals(0, cost(own, other, Loss.LOGISTIC));
        assertTrue(cost(own, other, Loss.MSE) == 0);
    }

    private static double cost(double own, double other, Loss loss) {
        List<ExampleBlock> blocks =
                TestBlocks.pack(Split.TRAIN, 1, 2, FeatureScaling.NONE, new double[][] {{0}}, new int[] {0});
        Weights weights = new Weights(1, 2, 1);
        weights.values()[2] = own;
        weights.values()[3] = other;
        GradientKernel kernel =
                KernelChoice.SCALAR.kernel(weights, List.of(Objective.of(loss)), FixedPointGrid.forData(2, 1));
        kernel.add(blocks.get(0));
        return kernel.finish().cost(Split.TRAIN, 0);
    }
}
