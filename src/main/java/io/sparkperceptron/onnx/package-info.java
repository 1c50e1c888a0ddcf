/** Models in the Open Neural Network Exchange format, for programs without Spark. */
package io.sparkperceptron.onnx;
