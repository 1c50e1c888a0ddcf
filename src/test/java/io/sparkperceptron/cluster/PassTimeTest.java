package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.cluster.Rebalancing.PassTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassTimeTest {

    /** So many blocks that rounding to whole blocks does not matter. */
    private static final int BLOCKS = 64_000;

    @ParameterizedTest
    @CsvSource({"0.002, 64", "0.04, 64", "0.34, 64", "0.34, 8", "100, 64", "0.04, 1"})
    void theBestNumberOfPartitionsIsTheFastest(double kernels, int most) {
        PassTime pass = new PassTime(kernels, BLOCKS);
        int best = pass.bestPartitions(most);
        // The minimum of 0.5 ms x P + kernels / P, except that blocks are whole.
        double root = Math.min(most, Math.max(1, Math.sqrt(kernels / 0.5e-3)));
        double fastest = 0.5e-3 * root + kernels / root;
        assertTrue(best >= 1 && best <= most);
        assertEquals(fastest, pass.with(best, 1), 0.05 * fastest);
    }

    @Test
    void muchWorkUsesAllPartitions() {
        assertEquals(64, new PassTime(100, BLOCKS).bestPartitions(64));
    }

    @Test
    void littleWorkUsesOnePartition() {
        assertEquals(1, new PassTime(1e-5, BLOCKS).bestPartitions(64));
    }

    @Test
    void partitionsHaveWholeBlocks() {
        // With 30 to 59 partitions of 60 blocks, some partitions have two blocks.
        assertEquals(60, new PassTime(100, 60).bestPartitions(64));
        assertEquals(30, new PassTime(100, 60).bestPartitions(59));
    }

    @Test
    void moreRoundsTakeMoreTime() {
        PassTime pass = new PassTime(6, 60);
        assertEquals(10 * 0.5e-3 + 2 * 0.6, pass.with(10, 2), 1e-12);
    }
}
