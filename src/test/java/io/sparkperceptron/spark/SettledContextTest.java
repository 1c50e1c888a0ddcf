package io.sparkperceptron.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.UserException;
import io.sparkperceptron.cluster.KryoRegistration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class SettledContextTest {

    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final AtomicInteger ENDED = new AtomicInteger();

    @BeforeAll
    static void makeRoom() {
        SparkTest.stopSpark();
    }

    @Test
    void waitsForTheOtherTasksOfAFailedJob() {
        SparkConf conf = KryoRegistration.configure(new SparkConf())
                .setMaster("local[3]")
                .setAppName("test")
                .set("spark.ui.enabled", "false");
        try (SettledContext spark = new SettledContext(conf)) {
            UserException failure = assertThrows(
                    UserException.class,
                    () -> SparkFailures.unwrap(() -> spark.parallelize(List.of(0, 1, 2), 3)
                            .map(SettledContextTest::failOrSleep)
                            .collect()));
            assertEquals("the first is bad", failure.getMessage());
            assertTrue(ENDED.get() < STARTED.get(), "nothing was left to wait for");
        }
        assertEquals(STARTED.get(), ENDED.get());
    }

    private static int failOrSleep(int task) throws InterruptedException {
        if (task == 0) {
            while (STARTED.get() < 2) {
                Thread.sleep(1);
            }
            throw new UserException("the first is bad");
        }
        STARTED.incrementAndGet();
        Thread.sleep(1500);
        ENDED.incrementAndGet();
        return task;
    }
}
