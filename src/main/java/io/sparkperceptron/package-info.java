/**
 * Data-parallel training of sigmoid perceptrons on Apache Spark.
 *
 * <p>The rooms, in the order the data flows: {@code data} reads files into labelled vectors and packs them into blocks;
 * {@code gradient} sums the gradient of one block; {@code cluster} does so for all blocks in one Spark job; {@code
 * training} descends along it, epoch by epoch; {@code analysis} says what came of it; {@code results} is what a training leaves in its
 * folder, and {@code report} the pictures and the page made of that; {@code session} is a whole training, for programs and notes; {@code
 * cli} is the command line. {@code model} (weights, losses, model files) and {@code storage} (files on any Hadoop file system)
 * lie below all of them. Arrows between the rooms point one way; {@code ArchitectureTest} holds them.
 *
 * <p>This package itself holds {@link io.sparkperceptron.UserException}, which every room may throw, and {@link
 * io.sparkperceptron.Build}, what the build wrote down about itself. It imports no room.
 */
package io.sparkperceptron;
