package io.sparkperceptron.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkFailuresTest {

    /** The messages of Spark 3.5 and 4.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Job 7 cancelled part of cancelled job group note | true",
                "[SPARK_JOB_CANCELLED] Job 7 cancelled part of cancelled job group note SQLSTATE: XXKDA | true",
                "Job 7 cancelled as part of cancellation of all jobs | true",
                "Job 7 cancelled | true",
                "Job 7 cancelled because SparkContext was shut down | false",
                "Job aborted due to stage failure | false"
            })
    void distinguishesAUsersCancellationFromSparksShutdown(String reason, boolean cancelled) {
        UserException told = assertThrows(
                UserException.class,
                () -> SparkFailures.unwrap(() -> {
                    throw new IllegalStateException(reason);
                }));
        assertEquals(cancelled, SparkFailures.isCancelled(told));
        assertEquals(!cancelled, told.getMessage().contains(reason));
    }

    @Test
    void keepsTheInterruptStatus() {
        assertThrows(
                UserException.class,
                () -> SparkFailures.unwrap(
                        () -> SparkFailuresTest.<RuntimeException, Object>fail(new InterruptedException())));
        assertTrue(Thread.interrupted());
    }

    /** Throws a checked exception without declaring it, as Spark does. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable, T> T fail(Throwable failure) throws E {
        throw (E) failure;
    }
}
