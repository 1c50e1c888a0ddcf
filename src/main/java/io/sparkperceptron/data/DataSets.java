package io.sparkperceptron.data;

import io.sparkperceptron.model.FeatureScaling;

/**
 * What a training trains on, chooses by and tests with.
 *
 * @param heldOut of the training examples, for validation
 * @param scaling of all of them
 */
public record DataSets(Examples training, HoldOut heldOut, Examples test, FeatureScaling scaling) {}
