package io.sparkperceptron.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigmoidTest {

    @Test
    void exponentialIsWithinOneUlpOfStrictMath() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000_000; i++) {
            double x = random.nextInt(4) == 0 ? -random.nextDouble() : -708 * random.nextDouble();
            double expected = StrictMath.exp(x);
            double actual = Sigmoid.exponential(x);
            assertTrue(Math.abs(actual - expected) <= Math.ulp(expected), () -> "e^" + x);
        }
    }

    @Test
    void exponentialIsZeroBelowTheNormalNumbers() {
        for (double x = -708; x > -760; x -= 0.001) {
            double actual = Sigmoid.exponential(x);
            double error = Math.abs(actual - StrictMath.exp(x));
            assertTrue(error <= Double.MIN_NORMAL && (x > -708.8 || actual == 0), "e^" + x);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-0.0, 1", "-708.8, 0", "-709, 0", "-1000, 0", "-Infinity, 0", "NaN, NaN"})
    void exponentialAtTheExtremes(double x, double expected) {
        assertEquals(expected, Sigmoid.exponential(x));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "1000, 1", "-1000, 0", "Infinity, 1", "-Infinity, 0", "NaN, NaN"})
    void sigmoidAtTheExtremes(double z, double expected) {
        assertEquals(expected, Sigmoid.sigmoid(z));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.6931471805599453", "1000, 1000", "-1000, 0", "Infinity, Infinity", "-Infinity, 0", "NaN, NaN"})
    void softplusAtTheExtremes(double z, double expected) {
        assertEquals(expected, Sigmoid.softplus(z));
    }

    @Test
    void sigmoidIsTheDerivativeOfSoftplus() {
        double step = 1e-5;
        for (double z = -30; z <= 30; z += 0.37) {
            double slope = (Sigmoid.softplus(z + step) - Sigmoid.softplus(z - step)) / (2 * step);
            assertEquals(Sigmoid.sigmoid(z), slope, 1e-9);
        }
    }
}
