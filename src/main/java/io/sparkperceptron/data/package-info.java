/**
 * From files to blocks: IDX files, LIBSVM text and tables become an RDD of labelled vectors
 * ({@link io.sparkperceptron.data.Examples}), and then {@link io.sparkperceptron.block.ExampleBlock}s, cut at fixed
 * global row numbers. Imports {@code block}, {@code model}, {@code spark} and {@code storage}; Spark, and
 * Hadoop's FileSystem.
 */
package io.sparkperceptron.data;
