package io.sparkperceptron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class UserExceptionTest {

    @Test
    void theReasonIsThatOfTheCauseWhereAnExceptionSaysNoMore() {
        IOException full = new IOException("No space left on device");
        assertEquals("No space left on device", UserException.reason(new UncheckedIOException(full)));
        assertEquals(
                "No space left on device", UserException.reason(new ExecutionException(new RuntimeException(full))));
        assertEquals("the disk", UserException.reason(new UncheckedIOException("the disk", full)));
    }

    @Test
    void theReasonHasNoErrorClassAndNoSecondLine() {
        assertEquals(
                "System memory 3 must be at least 4.",
                UserException.reason(new IllegalArgumentException(
                        "[INVALID_DRIVER_MEMORY] System memory 3 must be at least 4.\nMore")));
    }

    @Test
    void aNameIsBetterThanNothing() {
        assertEquals("StackOverflowError", UserException.reason(new StackOverflowError()));
    }
}
