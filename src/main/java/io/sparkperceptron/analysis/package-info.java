/**
 * Analyses of a training: {@link io.sparkperceptron.analysis.Evaluation} of models on a set, {@link
 * io.sparkperceptron.analysis.Judge} of their curves, {@link io.sparkperceptron.analysis.Curvature} of their cost, and
 * {@link io.sparkperceptron.analysis.GradientCheck}. {@link io.sparkperceptron.analysis.Findings} holds all results
 * that the report needs. Imports {@code training} and {@code model}, sums and scores of {@code gradient}, and {@code
 * block}; nothing of Spark.
 */
package io.sparkperceptron.analysis;
