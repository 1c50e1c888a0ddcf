package io.sparkperceptron.model;

import java.io.Serializable;

/** What each example's cost and gradient are multiplied by, by its class. Immutable. */
public final class ClassWeights implements Serializable {

    /** All are 1. */
    public static final ClassWeights NONE = new ClassWeights(null);

    /** Null if all are 1. */
    private final double[] weights;

    ClassWeights(double[] weights) {
        this.weights = weights;
    }

    /** Whether all are 1. */
    public boolean areNone() {
        return weights == null;
    }

    /** That of a class's examples, at least 0. */
    public double of(int number) {
        return weights == null ? 1 : weights[number];
    }

    /** The largest, or 1 if all are less. */
    public double largest() {
        double largest = 1;
        for (int c = 0; weights != null && c < weights.length; c++) {
            largest = Math.max(largest, weights[c]);
        }
        return largest;
    }
}
