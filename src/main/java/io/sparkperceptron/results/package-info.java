/** What a training leaves in its folder. */
package io.sparkperceptron.results;
