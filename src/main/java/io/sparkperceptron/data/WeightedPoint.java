package io.sparkperceptron.data;

import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vector;

/** A labelled vector with a finite weight of at least 0, which multiplies its cost and gradient. */
final class WeightedPoint extends LabeledPoint {

    private final double weight;

    WeightedPoint(double label, Vector features, double weight) {
        super(label, features);
        this.weight = weight;
    }

    /** The weight of a point; 1 unless it is a {@link WeightedPoint}. */
    static double of(LabeledPoint point) {
        return point instanceof WeightedPoint weighted ? weighted.weight : 1;
    }
}
