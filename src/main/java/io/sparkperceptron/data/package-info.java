/**
 * From files to blocks: IDX files, LIBSVM text and tables become an RDD of labelled vectors
 * ({@link io.sparkperceptron.data.Examples}), and then {@link io.sparkperceptron.data.ExampleBlock}s, cut at fixed
 * global row numbers. Imports scaling and image shape of {@code model}, and {@code storage}; Spark, and Hadoop's
 * FileSystem.
 */
package io.sparkperceptron.data;
