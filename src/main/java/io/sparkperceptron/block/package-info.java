/**
 * Blocks of examples in memory, and statistics of them. {@link io.sparkperceptron.block.ExampleBlock} holds the rows
 * of one block in compressed sparse form. {@link io.sparkperceptron.block.Folds} and
 * {@link io.sparkperceptron.block.HoldOut} say which rows belong to which split. Imports {@code model}, and no Spark.
 */
package io.sparkperceptron.block;
