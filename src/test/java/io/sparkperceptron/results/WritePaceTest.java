package io.sparkperceptron.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WritePaceTest {

    private static final long PAUSE = Duration.ofSeconds(30).toNanos();

    @Test
    void theNextWriteIsDueAfterThePauseOrLongerAfterASlowOne() {
        WritePace pace = new WritePace(PAUSE, 0);
        assertEquals(PAUSE, pace.pauseAfter(Duration.ofMillis(300).toNanos()));
        assertEquals(
                Duration.ofMinutes(6).toNanos(),
                pace.pauseAfter(Duration.ofMillis(3600).toNanos()));
        assertEquals(
                Duration.ofSeconds(36).toNanos(),
                new WritePace(PAUSE, 0, 10).pauseAfter(Duration.ofMillis(3600).toNanos()));
    }
}
