/**
 * Blocks of examples in memory, and their statistics. {@link io.sparkperceptron.block.ExampleBlock} holds the rows of
 * one block in compressed sparse form. {@link io.sparkperceptron.block.Folds} and {@link
 * io.sparkperceptron.block.HoldOut} assign rows to splits. Imports {@code model}, and no Spark.
 */
package io.sparkperceptron.block;
