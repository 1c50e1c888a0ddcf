/**
 * Everything that runs as Spark jobs over blocks. {@link io.sparkperceptron.cluster.CachedBlocks} holds all sets
 * (training, validation, test) in memory, {@link io.sparkperceptron.cluster.ClusterGradient} makes one pass over them
 * one Spark job, and {@link io.sparkperceptron.cluster.ClusterEvaluation} evaluates models. Imports {@code analysis},
 * {@code training}, {@code gradient}, {@code data}, {@code block}, {@code model}, {@code spark}, and Spark.
 */
package io.sparkperceptron.cluster;
