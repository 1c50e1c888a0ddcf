/**
 * Pictures and tables for people: weights, histograms, confusion, mistakes and curves, as PNG, SVG and CSV. {@link
 * io.sparkperceptron.report.RunPictures} writes those of one run. Imports {@code model}, {@code training}, {@code analysis},
 * {@code storage}, and a chart library; nothing of Spark.
 */
package io.sparkperceptron.report;
