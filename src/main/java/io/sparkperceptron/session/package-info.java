/**
 * Trainings from data to results, and these results read back: what a program or a notebook calls, and what the command line is made
 * of. {@link io.sparkperceptron.session.TrainingData} and {@link io.sparkperceptron.session.Sweep} train, {@link
 * io.sparkperceptron.session.Results} shows. Imports everything but {@code cli}.
 */
package io.sparkperceptron.session;
