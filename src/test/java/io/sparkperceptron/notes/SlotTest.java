package io.sparkperceptron.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SlotTest {

    @Test
    void isEmptyAfterAFailureAndClosesWhatWasThereBefore() {
        Slot<AutoCloseable> slot = new Slot<>("Load MNIST");
        AtomicBoolean closed = new AtomicBoolean();
        slot.fill(() -> () -> closed.set(true));
        assertFalse(closed.get());
        assertEquals(slot.get(), slot.get());
        slot.empty();
        assertTrue(closed.getAndSet(false));
        assertThrows(UserException.class, slot::get);
        slot.fill(() -> () -> closed.set(true));
        assertThrows(
                UserException.class,
                () -> slot.fill(() -> {
                    throw new UserException("no such folder");
                }));
        assertTrue(closed.get());
        assertEquals(
                "Nothing to go on with: the paragraph 'Load MNIST' has not been run, or has failed; run it, and then this one",
                assertThrows(UserException.class, slot::get).getMessage());
    }
}
