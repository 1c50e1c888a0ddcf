package io.sparkperceptron.model;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import java.io.Serializable;
import java.util.function.IntToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The factor of each example's cost and gradient, by its class. Immutable. */
public final class ClassWeights implements Serializable {

    public static final ClassWeights NONE = new ClassWeights(null);

    /** Null if all weights are 1. */
    private final double[] weights;

    ClassWeights(double[] weights) {
        this.weights = weights;
    }

    public boolean areNone() {
        return weights == null;
    }

    /** The weight of a class's examples, at least 0. */
    public double of(int number) {
        return weights == null ? 1 : weights[number];
    }

    /** Throws a {@link UserException} if no class with examples, {@code noun} in the message, has a weight above 0. */
    public void requireSomeAboveZero(int classes, IntToLongFunction counts, String noun) {
        if (weights != null && IntStream.range(0, classes).allMatch(c -> of(c) == 0 || counts.applyAsLong(c) == 0)) {
            throw new UserException(
                    "Expected a class weight above 0 for some " + noun + ", found none", Remedy.CLASS_WEIGHTS);
        }
    }

    /** The largest weight, or 1 if all are smaller. */
    public double largest() {
        return weights == null ? 1 : Math.max(1, DoubleStream.of(weights).max().orElse(1));
    }
}
