/**
 * Draws pictures and a page from the folder of a finished training. {@link io.sparkperceptron.report.Report} takes an
 * {@link io.sparkperceptron.results.Outcome} and writes curves, each run's pictures, {@code summary.csv} and
 * {@code report.html}. The page is made of a template, a style and modules among the resources, and of
 * {@code PageContent} in JSON. {@code PageScripts} joins the modules. Imports {@code results}, {@code analysis},
 * {@code training}, {@code model} and {@code storage}; nothing of Spark.
 */
package io.sparkperceptron.report;
