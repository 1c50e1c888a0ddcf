/**
 * Full-batch gradient descent: {@link io.sparkperceptron.training.GradientDescent} minimizes a cost that is given as a
 * {@link io.sparkperceptron.training.GradientFunction}, and notifies {@link
 * io.sparkperceptron.training.TrainingListener}s of every epoch. Imports {@code model}, {@code gradient} and {@code
 * block}; nothing of Spark and of files.
 */
package io.sparkperceptron.training;
