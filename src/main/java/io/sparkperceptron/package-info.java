/**
 * Data-parallel training of sigmoid perceptrons on Apache Spark.
 *
 * <p>The rooms, in the order the data flows: {@code data} reads files into labelled vectors and packs them into blocks;
 * {@code gradient} sums the gradient of one block; {@code cluster} does so for all blocks in one Spark job; {@code
 * training} descends along it, epoch by epoch; {@code analysis} and {@code report} say what came of it; {@code cli} is
 * the command line. {@code model} (weights, losses, model files) and {@code storage} (files on any Hadoop file system)
 * lie below all of them. Arrows between the rooms point one way; {@code ArchitectureTest} holds them.
 *
 * <p>This package itself holds {@link io.sparkperceptron.UserException} alone, and imports nothing.
 */
package io.sparkperceptron;
