/**
 * From files to blocks: IDX and LIBSVM files become an RDD of labelled vectors ({@link io.sparkperceptron.data.Examples}),
 * and that becomes {@link io.sparkperceptron.data.ExampleBlock}s, cut at fixed global row numbers. Imports Spark, Hadoop's
 * FileSystem, {@code model} (scaling and image shape), {@code storage} and the root package.
 */
package io.sparkperceptron.data;
