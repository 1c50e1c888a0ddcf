package io.sparkperceptron.gradient;

import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Weights;
import java.util.List;

/** Makes kernels of one kind. */
interface KernelFactory {

    GradientKernel kernel(Weights weights, List<Objective> objectives, ClassWeights classWeights, FixedPointGrid grid);

    /** The approximate memory of a kernel in bytes. */
    long bytes(int features, int columns);

    /** The number of perceptrons that one instruction serves; 1 for the scalar kernel. */
    int lanes();
}
