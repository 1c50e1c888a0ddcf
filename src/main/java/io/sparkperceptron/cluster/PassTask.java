package io.sparkperceptron.cluster;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientKernel;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Weights;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * Sums the blocks of one partition, and merges the sum with those of other tasks on its executor. This is no lambda,
 * because Spark searches the bytecode around a lambda before every job. That would double the time to submit it.
 */
final class PassTask extends AbstractFunction2<TaskContext, Iterator<ExampleBlock>, PartitionSums>
        implements Serializable {

    /** Numbers the jobs of this driver. */
    private static final AtomicLong JOBS = new AtomicLong();

    private final long job = JOBS.incrementAndGet();
    private final KernelChoice kernel;
    private final FixedPointGrid grid;
    private final boolean pairs;
    private final boolean merging;
    private final List<Objective> objectives;
    private final ClassWeights classWeights;
    private final Weights weights;
    private final Broadcast<Weights> broadcast;

    /** Either {@code weights} or {@code broadcast} is null. With {@code merging}, executors merge sums. */
    PassTask(
            KernelChoice kernel,
            FixedPointGrid grid,
            boolean pairs,
            boolean merging,
            List<Objective> objectives,
            ClassWeights classWeights,
            Weights weights,
            Broadcast<Weights> broadcast) {
        this.kernel = kernel;
        this.grid = grid;
        this.pairs = pairs;
        this.merging = merging;
        this.objectives = List.copyOf(objectives);
        this.classWeights = classWeights;
        this.weights = weights;
        this.broadcast = broadcast;
    }

    static long lastJob() {
        return JOBS.get();
    }

    PassTask again() {
        return new PassTask(kernel, grid, pairs, merging, objectives, classWeights, weights, broadcast);
    }

    @Override
    public PartitionSums apply(TaskContext task, Iterator<ExampleBlock> blocks) {
        if (!merging) {
            return new PartitionSums(task.partitionId(), sum(blocks::hasNext, blocks::next));
        }
        ExecutorSums together = ExecutorSums.enter(job, task);
        return together.leave(task.partitionId(), sum(blocks::hasNext, blocks::next));
    }

    GradientSum sum(BooleanSupplier hasNext, Supplier<ExampleBlock> next) {
        Weights weights = this.weights == null ? broadcast.value() : this.weights;
        long started = System.nanoTime();
        GradientKernel kernel = this.kernel.kernel(weights, objectives, classWeights, grid);
        long nanos = System.nanoTime() - started;
        while (hasNext.getAsBoolean()) {
            // Not timed: Spark may have to read or fetch the block first.
            ExampleBlock block = next.get();
            started = System.nanoTime();
            if (pairs) {
                block.pair();
            } else {
                block.unpair();
            }
            kernel.add(block);
            nanos += System.nanoTime() - started;
        }
        started = System.nanoTime();
        GradientSum sum = kernel.finish();
        sum.addKernelNanos(nanos + System.nanoTime() - started);
        return sum;
    }
}
