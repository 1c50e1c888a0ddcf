/**
 * The Spark side: {@link io.sparkperceptron.cluster.CachedBlocks} holds all sets (training, validation, test) in
 * memory, {@link io.sparkperceptron.cluster.ClusterGradient} makes one pass over them one Spark job,
 * {@link io.sparkperceptron.cluster.ClusterEvaluation} looks at every row once. Imports {@code analysis},
 * {@code training}, {@code gradient}, {@code data}, {@code block}, {@code model}, {@code spark}; and Spark.
 */
package io.sparkperceptron.cluster;
