package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;

/**
 * Sums blocks for fixed weights. A kernel is for one pass over one part of the data, and keeps working memory between
 * blocks. Not safe for use by several threads. All kernels give the same bits.
 */
public interface GradientKernel {

    /**
     * Adds the cost and errors of a block and, for a training block, its gradient. The block must have the features of
     * the weights. Modified: this.
     */
    void add(ExampleBlock block);

    /** The sum of all blocks. The kernel must not be used afterwards. */
    GradientSum finish();
}
