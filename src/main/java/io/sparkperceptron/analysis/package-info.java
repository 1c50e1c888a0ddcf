/**
 * What came of a training: {@link io.sparkperceptron.analysis.Evaluation} of models on a set, {@link
 * io.sparkperceptron.analysis.Judge} of their curves, {@link io.sparkperceptron.analysis.Curvature} of their cost, and {@link
 * io.sparkperceptron.analysis.GradientCheck}. {@link io.sparkperceptron.analysis.Findings} is all of it that the report needs. Imports
 * {@code model} and {@code training}, and of {@code data} and {@code gradient} blocks, scores and sums; nothing of Spark.
 */
package io.sparkperceptron.analysis;
