package io.sparkperceptron.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.model.Loss;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossCurveTest {

    private static final double STEP = 1e-4;

    @ParameterizedTest
    @CsvSource({"LOGISTIC,true", "LOGISTIC,false", "MSE,true", "MSE,false"})
    void slopesAndCurvaturesAreDerivatives(Loss loss, boolean target) {
        for (double z = -12; z <= 12; z += 0.25) {
            double slope =
                    (LossCurve.cost(loss, z + STEP, target) - LossCurve.cost(loss, z - STEP, target)) / (2 * STEP);
            assertEquals(slope, LossCurve.slope(loss, z, target), 1e-8);
            double curvature =
                    (LossCurve.slope(loss, z + STEP, target) - LossCurve.slope(loss, z - STEP, target)) / (2 * STEP);
            assertEquals(curvature, LossCurve.curvature(loss, z, target), 1e-8);
            assertTrue(loss == Loss.MSE || curvature >= 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000,false,1000", "-1000,true,1000", "-1000,false,0", "1000,true,0", "0,true,0.6931471805599453"})
    void theLogisticCostIsFiniteAndExactFarOut(double z, boolean target, double cost) {
        assertEquals(cost, LossCurve.cost(Loss.LOGISTIC, z, target), 1e-15 * cost);
    }

    /** (s - 1)^2 / 2 bends the other way below z = -log 2. */
    @ParameterizedTest
    @CsvSource({"-0.694,-1", "-0.692,1"})
    void theSquaredErrorsInflectionIsAtMinusLogTwo(double z, double sign) {
        assertEquals(sign, Math.signum(LossCurve.curvature(Loss.MSE, z, true)));
    }
}
