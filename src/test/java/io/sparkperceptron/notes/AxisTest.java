package io.sparkperceptron.notes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void ticksAreRoundNumbers() {
        assertArrayEquals(new double[] {0, 2, 4, 6, 8, 10}, ticks(0.5, 9), 1e-12);
        assertArrayEquals(
                new double[] {0.01, 0.1, 1, 10, 100, 1000},
                Axis.of(DoubleStream.of(0.01, 1000), true).ticks(),
                1e-12);
    }

    /** Otherwise steps as small as a rounding error would never reach the other end. */
    @Test
    void valuesThatDifferOnlyByRoundingCountAsEqual() {
        assertArrayEquals(new double[] {0, 0.5, 1, 1.5, 2}, ticks(1, 1), 1e-12);
        assertArrayEquals(new double[] {0, 0.5, 1, 1.5, 2}, ticks(1, Math.nextUp(1.0)), 1e-12);
        assertArrayEquals(new double[] {0, 0.5e20, 1e20, 1.5e20, 2e20}, ticks(1e20, 1e20), 1e8);
    }

    private static double[] ticks(double... values) {
        return Axis.of(DoubleStream.of(values), false).rounded().ticks();
    }
}
