package io.sparkperceptron.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {

    private static final double STEP = 1e-4;

    @ParameterizedTest
    @EnumSource(Loss.class)
    void slopesAndCurvaturesAreDerivativesWithinTheirBounds(Loss loss) {
        for (boolean target : new boolean[] {false, true}) {
            for (double z = -12.1; z <= 12.1; z += 0.25) {
                double slope = (loss.cost(z + STEP, target) - loss.cost(z - STEP, target)) / (2 * STEP);
                assertEquals(slope, loss.slope(z, target), 1e-8);
                assertTrue(Math.abs(loss.slope(z, target)) <= 1);
                double curvature = (loss.slope(z + STEP, target) - loss.slope(z - STEP, target)) / (2 * STEP);
                assertEquals(curvature, loss.curvature(z, target), 1e-8);
                assertTrue(Math.abs(loss.curvature(z, target)) <= loss.largestCurvature());
                assertTrue(loss != Loss.LOGISTIC || loss.curvature(z, target) >= 0, "the logistic loss is convex");
                assertTrue(loss.cost(z, target) >= 0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void curvatureAtZeroIsTheSameForBothTargets(Loss loss) {
        assertEquals(loss.curvature(0, true), loss.curvature(0, false));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void isFoundByItsLabel(Loss loss) {
        assertEquals(loss, Loss.of(loss.label()));
        assertTrue(Loss.NAMES.contains(loss.label()));
    }

    @Test
    void theSquaredErrorSaturatesAndTheLogisticLossDoesNot() {
        assertTrue(Loss.MSE.saturates());
        assertTrue(!Loss.LOGISTIC.saturates());
    }

    @Test
    void costsAndSlopesFollowTheFormulas() {
        for (double z = -12; z <= 12; z += 0.25) {
            double s = 1 / (1 + Math.exp(-z));
            for (int t = 0; t <= 1; t++) {
                assertEquals(Math.log1p(Math.exp(z)) - t * z, Loss.LOGISTIC.cost(z, t == 1), 1e-14);
                assertEquals(s - t, Loss.LOGISTIC.slope(z, t == 1), 1e-14);
                assertEquals((s - t) * (s - t) / 2, Loss.MSE.cost(z, t == 1), 1e-14);
                assertEquals((s - t) * s * (1 - s), Loss.MSE.slope(z, t == 1), 1e-14);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1000,false,1000", "-1000,true,1000", "-1000,false,0", "1000,true,0", "0,true,0.6931471805599453"})
    void theLogisticCostIsFiniteAndExactForLargeScores(double z, boolean target, double cost) {
        assertEquals(cost, Loss.LOGISTIC.cost(z, target), 1e-15 * cost);
        assertTrue(Loss.LOGISTIC.curvature(z, target) >= 0);
    }

    /** The curvature of (s - 1)^2 / 2 changes its sign at z = -log 2. */
    @ParameterizedTest
    @CsvSource({"-0.694,-1", "-0.692,1"})
    void theSquaredErrorsInflectionIsAtMinusLogTwo(double z, double sign) {
        assertEquals(sign, Math.signum(Loss.MSE.curvature(z, true)));
    }
}
