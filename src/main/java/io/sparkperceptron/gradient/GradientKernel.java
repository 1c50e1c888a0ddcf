package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;

/**
 * Sums blocks for fixed weights. A kernel is made for one pass over one part of the data and keeps room to work in between
 * blocks; it is not safe for use by several threads. All kernels give the same bits.
 */
public interface GradientKernel {

    /**
     * Takes in the block's cost and errors and, of a training block, its gradient. Modified: this.
     *
     * @param block with as many features as the weights
     */
    void add(ExampleBlock block);

    /** The sum of all blocks added. The kernel is not to be used any more. */
    GradientSum finish();
}
