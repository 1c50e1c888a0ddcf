package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RebalancingTest {

    @ParameterizedTest
    @CsvSource({
        // Twice as many do it in half the time, also where the number of partitions was chosen.
        "2, 2, 4, 4, 0.5",
        "8, 2, 8, 4, 0.5",
        // One of three has two partitions, and takes as long as for both.
        "4, 3, 3, 3, 0.33333333333333337",
        // Both that are left have two, or as many as there are blocks: no better can be done.
        "4, 2, 2, 2, 0",
        "6, 6, 6, 8, 0"
    })
    void whatIsGained(int partitions, int held, int wanted, int slots, double gain) {
        assertEquals(gain, Rebalancing.gain(partitions, held, wanted, slots));
    }
}
