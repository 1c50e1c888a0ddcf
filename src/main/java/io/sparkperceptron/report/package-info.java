/**
 * Pictures and a page for people, from the folder of a finished training: {@link io.sparkperceptron.report.Report}
 * takes an {@link io.sparkperceptron.results.Outcome} and writes curves, each run's pictures, {@code summary.csv} and
 * {@code report.html}. The page is a template, a style and modules among the resources, which {@code PageScripts}
 * joins, and its content in JSON, which is {@code PageContent}. Imports {@code results}, {@code analysis},
 * {@code training}, {@code model} and {@code storage}; nothing of Spark.
 */
package io.sparkperceptron.report;
