/**
 * The trained objects: {@link io.sparkperceptron.model.Weights} of many perceptrons side by side, the {@link
 * io.sparkperceptron.model.Loss} that each run lowers, and the {@link io.sparkperceptron.model.PerceptronModel} that
 * results, with its files. Imports {@code storage} and the root package.
 */
package io.sparkperceptron.model;
