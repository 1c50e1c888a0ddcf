/**
 * Pictures, tables and a page for people. {@link io.sparkperceptron.report.RunPictures} writes one run's weights, histogram, confusion
 * and mistakes, {@link io.sparkperceptron.report.Curves} the curves; {@link io.sparkperceptron.results.Outcome} reads a finished training
 * back from its folder, and {@link io.sparkperceptron.report.Report} makes {@code summary.csv} and {@code report.html} of it: a template,
 * style and scripts among the resources, with the data put in. Imports {@code model}, {@code training}, {@code analysis}, {@code storage},
 * and a chart library; nothing of Spark.
 */
package io.sparkperceptron.report;
