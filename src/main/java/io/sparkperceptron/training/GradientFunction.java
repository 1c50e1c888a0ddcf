package io.sparkperceptron.training;

import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Weights;
import java.util.List;

/** One pass over all examples. */
@FunctionalInterface
public interface GradientFunction {

    /** The gradient of the training cost, and the costs and errors of every set, for one objective per run. */
    GradientSum at(Weights weights, List<Objective> objectives);

    /** Whether gradients have weights of rows or classes, which the costs exclude. */
    default boolean isWeighted() {
        return false;
    }

    /** The number of kernels that can run at once. */
    default int parallelism() {
        return 1;
    }
}
