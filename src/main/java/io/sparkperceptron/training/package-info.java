/**
 * Full-batch gradient descent: {@link io.sparkperceptron.training.GradientDescent} lowers a cost it knows only as a {@link
 * io.sparkperceptron.training.GradientFunction}, and tells its {@link io.sparkperceptron.training.TrainingListener}s what
 * happened. Imports {@code model}, {@code gradient} and the sets' names in {@code data}; nothing of Spark and of files.
 */
package io.sparkperceptron.training;
