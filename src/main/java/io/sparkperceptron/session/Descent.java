package io.sparkperceptron.session;

import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.Rebalancing;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.spark.ExecutorMemory;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Gradient descent on cached blocks, which are dealt out anew when executors come or go. */
final class Descent {

    private final JavaSparkContext spark;
    private final CachedBlocks data;
    private final TrainingPlan plan;
    private final ClusterGradient gradient;
    private final KernelChoice kernel;
    private final long bytes;

    /**
     * Makes ready, and says what there is to train on.
     *
     * @throws io.sparkperceptron.UserException if the weights would not fit the memory of this process or of an executor,
     *     no grid can take the sums, or an executor lacks the kernel that is insisted on
     */
    Descent(TrainingData data, TrainingSettings settings) {
        this.spark = data.context();
        this.data = data.blocks();
        this.plan = settings.plan();
        this.kernel = this.data.kernel(settings.kernel());
        ExecutorMemory executors = spark.sc().isLocal() ? null : ExecutorMemory.of(spark.sc(), this.data.partitions());
        Readiness readiness = new Readiness(this.data, plan, kernel, executors, spark.defaultParallelism());
        readiness.describe();
        this.bytes = readiness.requireMemory();
        this.gradient = new ClusterGradient(this.data, settings.kernel());
        gradient.requireKernel();
    }

    /** The kernel as it comes out for these data. */
    KernelChoice kernel() {
        return kernel;
    }

    /** About what weights and sums take in this process. */
    long bytes() {
        return bytes;
    }

    /**
     * Trains.
     *
     * @param state where to begin
     * @param listeners are told of an epoch once the blocks are where they are to be
     * @return one entry a run, in the plan's order
     */
    List<TrainedRun> train(TrainingState state, List<TrainingListener> listeners) {
        List<TrainingListener> all = new ArrayList<>();
        all.add(new Rebalancing(spark, data, plan.epochs()));
        all.addAll(listeners);
        return new GradientDescent(gradient, all).train(plan, state);
    }
}
