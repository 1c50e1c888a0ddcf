package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExecutorWatchTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<String> told = new ArrayList<>();
    private final AtomicBoolean missing = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final ExecutorWatch watch =
            new ExecutorWatch(missing::get, stopping::get, cancelled::incrementAndGet, told::add);
    private long now = -3 * SECOND;

    @Test
    void warnsAfterTenSecondsAndThenRarely() {
        look(100);
        missing.set(true);
        look(10);
        assertEquals(List.of(), told);
        look(1);
        assertEquals(1, told.size());
        assertEquals(
                "There has been no executor for 10 s, and nothing is computed until one comes",
                told.get(0).split(";", -1)[0]);
        look(3600);
        // After 10, 20, 40, 80, 160 and 320 seconds, and then every 300 seconds.
        assertEquals(6 + (3611 - 321) / 300, told.size());
        assertEquals(0, cancelled.get());
    }

    @Test
    void anExecutorThatReturnsSoonCausesNoWarning() {
        for (int i = 0; i < 10; i++) {
            missing.set(true);
            look(9);
            missing.set(false);
            look(1);
        }
        assertEquals(List.of(), told);
    }

    @Test
    void aStopRequestCancelsJobsOnlyWithoutExecutors() {
        stopping.set(true);
        look(100);
        assertEquals(0, cancelled.get());
        missing.set(true);
        look(10);
        assertEquals(0, cancelled.get());
        look(1);
        assertEquals(1, cancelled.get());
        look(5);
        assertEquals(6, cancelled.get());
        assertEquals(List.of("There is no executor to finish the epoch in progress, so the epoch is cancelled"), told);
    }

    /** Looks once a second. */
    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look(now);
            now += SECOND;
        }
    }
}
