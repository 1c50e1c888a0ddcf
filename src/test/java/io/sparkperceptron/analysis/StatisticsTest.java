package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Compares Wilson's interval and McNemar's test with independently computed values. */
class StatisticsTest {

    @Test
    void wilsonsIntervalMeetsKnownValues() {
        // The roots p of (15/100 - p)^2 = z^2 p (1 - p) / 100, by bisection.
        WilsonInterval interval = WilsonInterval.of(15, 100);
        assertEquals(0.0930598528, interval.low(), 1e-9);
        assertEquals(0.2328355959, interval.high(), 1e-9);
    }

    @Test
    void zeroErrorsHaveAPositiveUpperBound() {
        WilsonInterval interval = WilsonInterval.of(0, 10);
        assertEquals(0, interval.low());
        assertEquals(0.2775328, interval.high(), 1e-6);
        assertEquals(new WilsonInterval(0, 1), WilsonInterval.of(0, 0));
    }

    @Test
    void mcNemarIsExactForFewExamples() {
        // 2 P(X <= 2) for X binomial with n = 12 and p = 1/2: 2 (1 + 12 + 66) / 4096.
        assertEquals(158 / 4096.0, new McNemarTest(2, 10).pValue(), 1e-15);
        assertEquals(158 / 4096.0, new McNemarTest(10, 2).pValue(), 1e-15);
        assertEquals(1, new McNemarTest(0, 0).pValue());
        assertEquals(1, new McNemarTest(7, 7).pValue());
    }

    @Test
    void mcNemarUsesChiSquaredForManyExamples() {
        // (|600 - 500| - 1)^2 / 1100 = 8.91, with one degree of freedom.
        assertEquals(0.0028362, new McNemarTest(500, 600).pValue(), 1e-6);
        double exact = new McNemarTest(455, 545).pValue();
        double approximate = new McNemarTest(455, 546).pValue();
        assertTrue(Math.abs(exact - approximate) < 6e-4, exact + " and " + approximate);
    }
}
