package io.sparkperceptron.gradient;

import io.sparkperceptron.data.ExampleBlock;

/**
 * Sums one block for fixed weights. A kernel is made for one pass over one part of the data and keeps room to work in
 * between blocks; it is not safe for use by several threads.
 */
public interface GradientKernel {

    /**
     * Adds the block's cost and errors and, of a training block, its gradient to {@code sum}. Modified: sum.
     *
     * @param block with as many features as the weights
     */
    void add(ExampleBlock block, GradientSum sum);
}
