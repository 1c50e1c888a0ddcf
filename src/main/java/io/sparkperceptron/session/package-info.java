/**
 * Trains from data to results, and reads results, for programs, notes and the command line.
 * {@link io.sparkperceptron.session.TrainingData} and {@link io.sparkperceptron.session.Sweep} train,
 * {@link io.sparkperceptron.session.Results} reads. Imports {@code cluster}, {@code report}, {@code results},
 * {@code analysis}, {@code training}, {@code gradient}, {@code data}, {@code block},
 * {@code model}, {@code notes}, {@code spark} and {@code storage}.
 */
package io.sparkperceptron.session;
