/**
 * Full-batch gradient descent: {@link io.sparkperceptron.training.GradientDescent} lowers a cost that it knows only as
 * a {@link io.sparkperceptron.training.GradientFunction}, and tells its
 * {@link io.sparkperceptron.training.TrainingListener}s of every epoch. Imports {@code model}, {@code gradient} and
 * {@code block}; nothing of Spark and of files.
 */
package io.sparkperceptron.training;
