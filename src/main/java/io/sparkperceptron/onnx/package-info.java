/**
 * Models in the Open Neural Network Exchange format, for programs without Spark; begin at
 * {@link io.sparkperceptron.onnx.OnnxModel}. Imports {@code model}.
 */
package io.sparkperceptron.onnx;
