/**
 * Sums over blocks: a {@link io.sparkperceptron.gradient.GradientKernel} adds a block's gradient, cost and errors to a
 * {@link io.sparkperceptron.gradient.GradientSum}, whose integers make the order of blocks irrelevant. Imports {@code
 * block} and {@code model}; nothing of Spark.
 */
package io.sparkperceptron.gradient;
