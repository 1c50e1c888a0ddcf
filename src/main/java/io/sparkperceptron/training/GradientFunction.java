package io.sparkperceptron.training;

import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Weights;
import java.util.List;

/** One pass over all examples. */
@FunctionalInterface
public interface GradientFunction {

    /** The gradient of the training cost, and cost and errors of every set, with one objective for each run. */
    GradientSum at(Weights weights, List<Objective> objectives);

    /** Whether the gradient has weights of rows or classes, which the costs do not have. */
    default boolean isWeighted() {
        return false;
    }

    /** How many kernels can run at once. */
    default int parallelism() {
        return 1;
    }
}
