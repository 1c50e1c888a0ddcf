package io.sparkperceptron.cluster;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientKernel;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.spark.Rdds;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskFailureListener;

/** Sums the blocks of one partition, and merges the sum with those of other tasks on its executor. */
final class PassTask implements Rdds.Sent<Iterator<ExampleBlock>, PartitionSums> {

    /** Numbers the jobs of this driver. */
    private static final AtomicLong JOBS = new AtomicLong();

    /**
     * What all tasks of a pass get.
     *
     * @param pairs whether blocks keep pairs
     * @param merging whether executors merge sums
     * @param weights null if {@code broadcast} has them
     * @param broadcast null if the tasks carry the weights
     */
    record Inputs(
            KernelChoice kernel,
            FixedPointGrid grid,
            boolean pairs,
            boolean merging,
            List<Objective> objectives,
            ClassWeights classWeights,
            Weights weights,
            Broadcast<Weights> broadcast)
            implements Serializable {}

    private final long job = JOBS.incrementAndGet();
    private final Inputs inputs;

    PassTask(Inputs inputs) {
        this.inputs = inputs;
    }

    static long lastJob() {
        return JOBS.get();
    }

    PassTask again() {
        return new PassTask(inputs);
    }

    @Override
    public PartitionSums of(Iterator<ExampleBlock> blocks) {
        TaskContext task = TaskContext.get();
        if (!inputs.merging()) {
            return new PartitionSums(task.partitionId(), sum(blocks));
        }
        ExecutorSums together = ExecutorSums.enter(job);
        task.addTaskFailureListener((TaskFailureListener) (context, error) -> together.leave());
        return together.leave(task.partitionId(), sum(blocks));
    }

    GradientSum sum(Iterator<ExampleBlock> blocks) {
        Weights weights = inputs.weights() == null ? inputs.broadcast().value() : inputs.weights();
        long started = System.nanoTime();
        GradientKernel kernel =
                inputs.kernel().kernel(weights, inputs.objectives(), inputs.classWeights(), inputs.grid());
        long nanos = System.nanoTime() - started;
        while (blocks.hasNext()) {
            // Not timed: Spark may have to read or fetch the block first.
            ExampleBlock block = blocks.next();
            started = System.nanoTime();
            if (inputs.pairs()) {
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
