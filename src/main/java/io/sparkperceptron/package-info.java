/**
 * Data-parallel training of sigmoid perceptrons on Apache Spark.
 *
 * <p>Each package below this one is a room. Its {@code package-info.java} says what it is for, where to begin, and
 * which rooms it imports. Imports point one way, which {@code ArchitectureTest} checks.
 *
 * <p>This package itself holds {@link io.sparkperceptron.UserException}, which every room may throw, and
 * {@link io.sparkperceptron.Build}, the version and the commit. It imports no room.
 */
package io.sparkperceptron;
