package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassTimeTest {

    @ParameterizedTest
    @CsvSource({"0, 64", "0.001, 64", "0.04, 64", "0.34, 64", "0.34, 8", "100, 64", "0.04, 1"})
    void theBestNumberIsTheFastest(double kernels, int most) {
        PassTime pass = new PassTime(kernels);
        int best = pass.bestPartitions(most);
        assertTrue(best >= 1 && best <= most);
        double fastest = IntStream.rangeClosed(1, most)
                .mapToDouble(partitions -> pass.with(partitions, 1))
                .min()
                .orElseThrow();
        assertEquals(fastest, pass.with(best, 1), 0.01 * fastest);
    }

    @Test
    void muchWorkIsForAll() {
        assertEquals(64, new PassTime(100).bestPartitions(64));
    }

    @Test
    void littleWorkIsForOne() {
        assertEquals(1, new PassTime(0).bestPartitions(64));
    }
}
