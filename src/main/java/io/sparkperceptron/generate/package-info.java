/**
 * Generates images from those of a data set: {@link io.sparkperceptron.generate.GeneratedExamples} distorts each one
 * and writes IDX files. Imports {@code data}, {@code model}, {@code spark} and {@code storage}.
 */
package io.sparkperceptron.generate;
