/**
 * Pictures and a page for people, made of what a finished training has left in its folder: {@link io.sparkperceptron.report.Report} takes an
 * {@link io.sparkperceptron.results.Outcome} and writes curves, each run's pictures, {@code summary.csv} and {@code report.html}. The page is
 * a template, a style and modules among the resources ({@code PageScripts} joins them), and its content in JSON ({@code PageContent}).
 * Imports {@code results}, {@code analysis}, {@code training}, {@code model}, {@code storage} and a chart library; nothing of Spark.
 */
package io.sparkperceptron.report;
