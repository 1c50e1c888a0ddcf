package io.sparkperceptron.data;

import java.util.Objects;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vector;

/** A labelled vector whose cost and gradient are multiplied by a weight. */
public final class WeightedPoint extends LabeledPoint {

    private final double weight;

    /**
     * A point.
     *
     * @param weight finite, at least 0
     */
    public WeightedPoint(double label, Vector features, double weight) {
        super(label, features);
        this.weight = weight;
    }

    /** Of any point: its own weight, or else 1. */
    static double of(LabeledPoint point) {
        return point instanceof WeightedPoint weighted ? weighted.weight : 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightedPoint that && super.equals(that) && weight == that.weight;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), weight);
    }
}
