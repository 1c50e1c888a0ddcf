package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StorageRoomTest {

    @Test
    void pairsGetWhatBlocksLeave() {
        StorageRoom room = new StorageRoom(30, 50, 80, 0.5);
        assertEquals(50, room.forPairs());
        assertTrue(room.sufficesForPairs());
        assertFalse(new StorageRoom(31, 50, 80, 0.5).sufficesForPairs());
        assertEquals(0, room.missing());
    }

    @Test
    void blocksThatDoNotFitLackMemory() {
        StorageRoom room = new StorageRoom(100, 50, 80, 0.5);
        assertEquals(40, room.missing());
        assertEquals(0, room.forPairs());
        assertFalse(room.sufficesForPairs());
    }
}
