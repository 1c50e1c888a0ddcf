/**
 * What a training leaves in its folder, written and read back. {@link io.sparkperceptron.results.Layout} alone knows
 * names of files and folders; {@link io.sparkperceptron.results.Outcome} is all of a finished training.
 *
 * <table>
 * <caption>What came of a training, from the smallest to the whole</caption>
 * <tr><td>{@link io.sparkperceptron.training.TrainedRun}</td><td>one run as the loop ends it: weights, last metrics, why it ended</td></tr>
 * <tr><td>{@link io.sparkperceptron.analysis.RunHistory}</td><td>one run's metrics of all epochs</td></tr>
 * <tr><td>{@link io.sparkperceptron.analysis.RunSummary}</td><td>one run, judged among the others: a row of {@code summary.csv}</td></tr>
 * <tr><td>{@link io.sparkperceptron.analysis.Findings}</td><td>what a look at the data found about all runs: {@code analysis.json}</td></tr>
 * <tr><td>{@link io.sparkperceptron.results.TrainingRecord}</td><td>what was asked for, and where: {@code run.json}</td></tr>
 * <tr><td>{@link io.sparkperceptron.results.Outcome}</td><td>the whole folder, read</td></tr>
 * <tr><td>{@code session.Results}</td><td>the same for programs and notes: data frames and pictures</td></tr>
 * </table>
 *
 * <p>{@link io.sparkperceptron.results.MetricsFile}, {@link io.sparkperceptron.results.FilmFiles} and
 * {@link io.sparkperceptron.results.CheckpointWriter} listen to a training and write. Imports {@code analysis},
 * {@code training}, {@code gradient}, {@code block}, {@code model} and {@code storage}; nothing of Spark.
 */
package io.sparkperceptron.results;
