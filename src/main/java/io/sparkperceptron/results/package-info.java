/**
 * Writes and reads the folder of a training. Only {@link io.sparkperceptron.results.Layout} has the names of files and
 * folders. {@link io.sparkperceptron.results.MetricsFile}, {@link io.sparkperceptron.results.FilmFiles} and
 * {@link io.sparkperceptron.results.CheckpointWriter} write while a training runs.
 * {@link io.sparkperceptron.results.Outcome} is the whole folder of a finished training. Imports {@code analysis},
 * {@code training}, {@code gradient}, {@code block}, {@code model} and {@code storage}; nothing of Spark.
 */
package io.sparkperceptron.results;
