/**
 * Facts about a running Spark: its executors and task slots, and the reasons of failed jobs. {@link
 * io.sparkperceptron.spark.SparkFailures} turns Spark's exceptions into sentences. {@link
 * io.sparkperceptron.spark.Rdds} starts jobs fast. Imports no other room.
 */
package io.sparkperceptron.spark;
