/**
 * Reads IDX files, LIBSVM text and tables as an RDD of labelled vectors ({@link io.sparkperceptron.data.Examples}), and
 * packs them into {@link io.sparkperceptron.block.ExampleBlock}s, cut at fixed global row numbers. Imports {@code
 * block}, {@code model}, {@code spark} and {@code storage}; Spark, and Hadoop's FileSystem.
 */
package io.sparkperceptron.data;
