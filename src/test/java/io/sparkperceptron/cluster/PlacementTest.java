package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlacementTest {

    /** As where partitions were chosen, so that nobody has waited for executors. */
    @Test
    void blocksLieOnThoseThatHaveComeForThemWhereNobodyWasThereBefore() {
        Placement placement = new Placement(0, false);
        placement.read(3, 4);
        assertEquals(4, placement.tasks());
    }

    @Test
    void whoComesWhileOthersReadHasNone() {
        Placement placement = new Placement(2, true);
        placement.read(3, 4);
        assertEquals(2, placement.tasks());
    }

    @Test
    void thereIsAlwaysOne() {
        Placement placement = new Placement(0, false);
        placement.read(3, 0);
        assertEquals(1, placement.tasks());
    }
}
