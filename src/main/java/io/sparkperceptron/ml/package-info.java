/**
 * An estimator for Spark ML, its models, and cross-validation, for programs, pipelines and notebooks. Begin with
 * {@link io.sparkperceptron.ml.PerceptronClassifier}. Imports {@code session}, {@code results},
 * {@code analysis}, {@code training}, {@code gradient}, {@code data}, {@code block},
 * {@code model}, {@code spark} and {@code storage}.
 */
package io.sparkperceptron.ml;
