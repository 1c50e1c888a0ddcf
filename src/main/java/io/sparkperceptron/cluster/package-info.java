/**
 * The Spark side: {@link io.sparkperceptron.cluster.CachedBlocks} holds all sets (training, validation, test) in memory, {@link
 * io.sparkperceptron.cluster.ClusterGradient} makes one pass over them one Spark job, {@link
 * io.sparkperceptron.cluster.ClusterEvaluation} looks at every row once. Imports {@code data}, {@code model}, {@code
 * gradient}, {@code training}, {@code analysis}, {@code results} and Spark.
 */
package io.sparkperceptron.cluster;
