package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkperceptron.UserException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens when several things are drawn at once. */
class SideBySideTest {

    @Test
    void allIsDone() {
        AtomicInteger done = new AtomicInteger();
        Report.runSideBySide(Collections.nCopies(20, done::incrementAndGet));
        assertEquals(20, done.get());
    }

    @Test
    void theFirstFailureIsToldWhenNothingIsAtWorkAnyMore() {
        UserException first = new UserException("first");
        AtomicInteger done = new AtomicInteger();
        List<Runnable> parts = List.of(
                done::incrementAndGet,
                () -> {
                    throw first;
                },
                () -> {
                    throw new UserException("second");
                },
                done::incrementAndGet);
        assertSame(first, assertThrows(UserException.class, () -> Report.runSideBySide(parts)));
        assertEquals(2, done.get());
    }
}
