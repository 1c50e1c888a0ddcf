package io.sparkperceptron.session;

import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.Rebalancing;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Gradient descent on cached blocks, which are dealt out anew when executors come or go. */
final class Descent {

    private final JavaSparkContext spark;
    private final CachedBlocks data;
    private final TrainingSettings settings;
    private final ClusterGradient gradient;

    /**
     * Makes ready.
     *
     * @throws io.sparkperceptron.UserException if no grid can take the sums, or an executor lacks the kernel that is
     *     insisted on
     */
    Descent(JavaSparkContext spark, CachedBlocks data, TrainingSettings settings) {
        this.spark = spark;
        this.data = data;
        this.settings = settings;
        this.gradient = new ClusterGradient(data, settings.kernel());
        gradient.requireKernel();
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
        all.add(new Rebalancing(spark, data, settings.plan().epochs()));
        all.addAll(listeners);
        return new GradientDescent(gradient, all).train(settings.plan(), state);
    }
}
