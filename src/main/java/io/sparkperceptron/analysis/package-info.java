/**
 * What came of a training: {@link io.sparkperceptron.analysis.Evaluation} of a model on a set, with its {@link
 * io.sparkperceptron.analysis.ConfusionMatrix} and its worst {@link io.sparkperceptron.analysis.Mistake}s. Imports {@code
 * model} and {@code training}, and of {@code data} and {@code gradient} blocks and scores; nothing of Spark.
 */
package io.sparkperceptron.analysis;
