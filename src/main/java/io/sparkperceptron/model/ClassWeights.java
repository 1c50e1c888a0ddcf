package io.sparkperceptron.model;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import java.io.Serializable;
import java.util.function.IntToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

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

    /**
     * Makes sure that some example weighs something.
     *
     * @param counts the examples of each class
     * @param noun what these examples are, for the message
     * @throws UserException if not
     */
    public void requireSomeAboveZero(int classes, IntToLongFunction counts, String noun) {
        if (weights != null && IntStream.range(0, classes).allMatch(c -> of(c) == 0 || counts.applyAsLong(c) == 0)) {
            throw new UserException(
                    "Expected a class weight above 0 for some " + noun + ", found none", Remedy.CLASS_WEIGHTS);
        }
    }

    /** The largest, or 1 if all are less. */
    public double largest() {
        return weights == null ? 1 : Math.max(1, DoubleStream.of(weights).max().orElse(1));
    }
}
