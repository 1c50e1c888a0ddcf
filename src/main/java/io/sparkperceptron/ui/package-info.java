/**
 * A tab of Spark's UI that follows trainings. {@link io.sparkperceptron.ui.PerceptronsPlugin} starts it in a running
 * Spark, {@link io.sparkperceptron.ui.HistoryPlugin} in the history server. {@code TrainingEvents} tells Spark of a
 * training, {@code TrainingsListener} keeps what it hears in the store of Spark's UI, and {@code TrainingPage} shows
 * that. Imports {@code session}, {@code cluster}, {@code notes}, {@code report}, {@code analysis}, {@code training},
 * {@code results}, {@code block} and {@code storage}, and Spark's UI.
 */
package io.sparkperceptron.ui;
