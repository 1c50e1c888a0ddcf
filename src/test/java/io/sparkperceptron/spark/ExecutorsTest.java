package io.sparkperceptron.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.SparkTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;

/** Invents executors, except for the real one, which holds all blocks. */
public class ExecutorsTest extends SparkTest {

    @Test
    void theExecutorWithMostPartitionsSetsTheRounds() {
        JavaRDD<Integer> numbers =
                spark().parallelize(IntStream.range(0, 8).boxed().toList(), 8).cache();
        Executors four = executors(2, 4);
        assertEquals(2, four.rounds(numbers.rdd()), "none is read, and all may run anywhere");
        numbers.count();
        numbers.count();
        assertEquals(4, four.rounds(numbers.rdd()));
        assertEquals(1, executors(1, 8).rounds(numbers.rdd()));
        assertEquals(8, executors(8, 8).rounds(numbers.rdd()));
        numbers.unpersist(true);
        numbers.count();
        assertEquals(2, four.rounds(numbers.rdd()), "gone");
    }

    public static Executors executors(int number, int slots) {
        return new Executors(
                IntStream.range(0, number).mapToObj(Integer::toString).collect(Collectors.toSet()), slots);
    }

    @Test
    void roundsUp() {
        assertEquals(1, executors(2, 8).rounds(8));
        assertEquals(2, executors(2, 8).rounds(9));
    }
}
