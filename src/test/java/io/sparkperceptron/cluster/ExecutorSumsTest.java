package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExecutorSumsTest {

    private static final long PASS = Long.MIN_VALUE;

    @Test
    void theLastTaskSendsAllSums() {
        ExecutorSums one = ExecutorSums.enter(PASS);
        ExecutorSums two = ExecutorSums.enter(PASS);
        ExecutorSums three = ExecutorSums.enter(PASS);
        assertTrue(two.leave(2, sum(20)).partitions().isEmpty());
        assertTrue(one.leave(1, sum(10)).partitions().isEmpty());
        PartitionSums taken = three.leave(3, sum(30));
        assertEquals(of(1, 2, 3), taken.partitions());
        assertEquals(60, taken.sum().kernelNanos());
    }

    @Test
    void aTaskThatRunsAloneSendsItsOwnSum() {
        assertEquals(of(5), ExecutorSums.enter(PASS).leave(5, sum(1)).partitions());
        assertEquals(of(6), ExecutorSums.enter(PASS).leave(6, sum(1)).partitions());
    }

    @Test
    void passesDoNotShareSums() {
        ExecutorSums one = ExecutorSums.enter(PASS);
        ExecutorSums other = ExecutorSums.enter(PASS + 1);
        assertEquals(of(1), one.leave(1, sum(1)).partitions());
        assertEquals(of(2), other.leave(2, sum(1)).partitions());
    }

    @Test
    void onlyOneOfTwoAttemptsAtAPartitionCounts() {
        ExecutorSums one = ExecutorSums.enter(PASS);
        ExecutorSums again = ExecutorSums.enter(PASS);
        one.leave(4, sum(7));
        PartitionSums taken = again.leave(4, sum(7));
        assertEquals(of(4), taken.partitions());
        assertEquals(7, taken.sum().kernelNanos());
    }

    @Test
    void theDriverTakesNoPartitionTwice() {
        PartitionSums all = new PartitionSums(1, sum(1));
        assertTrue(all.add(new PartitionSums(2, sum(2))));
        PartitionSums twice = new PartitionSums(3, sum(4));
        assertTrue(twice.add(new PartitionSums(2, sum(8))));
        assertFalse(all.add(twice));
        assertTrue(all.add(new PartitionSums()));
        assertEquals(of(1, 2), all.partitions());
        assertEquals(3, all.sum().kernelNanos());
    }

    @Test
    void manyConcurrentTasksLoseNoSum() throws Exception {
        int tasks = 8;
        ExecutorService threads = Executors.newFixedThreadPool(tasks);
        try {
            for (int round = 0; round < 200; round++) {
                long pass = PASS + 2 + round;
                CyclicBarrier start = new CyclicBarrier(tasks);
                List<Callable<PartitionSums>> work = IntStream.range(0, tasks)
                        .mapToObj(task -> (Callable<PartitionSums>) () -> {
                            ExecutorSums sums = ExecutorSums.enter(pass);
                            start.await();
                            return sums.leave(task, sum(1L << task));
                        })
                        .toList();
                PartitionSums all = new PartitionSums();
                for (Future<PartitionSums> done : threads.invokeAll(work)) {
                    assertTrue(all.add(done.get()));
                }
                assertEquals(tasks, all.partitions().cardinality());
                assertEquals((1L << tasks) - 1, all.sum().kernelNanos());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static BitSet of(int... partitions) {
        BitSet set = new BitSet();
        IntStream.of(partitions).forEach(set::set);
        return set;
    }

    /** A sum of no rows, which the test identifies by its time. */
    private static GradientSum sum(long nanos) {
        GradientSum sum = KernelChoice.SCALAR
                .kernel(new Weights(2, 2, 1), List.of(Objective.of(Loss.LOGISTIC)), FixedPointGrid.forData(1, 1))
                .finish();
        sum.addKernelNanos(nanos);
        return sum;
    }
}
