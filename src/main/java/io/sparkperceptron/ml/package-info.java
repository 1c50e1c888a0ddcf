/**
 * Spark ML's way in: an estimator of data frames, its models, and cross-validation. Above {@code session}; for programs, pipelines and
 * notebooks.
 */
package io.sparkperceptron.ml;
