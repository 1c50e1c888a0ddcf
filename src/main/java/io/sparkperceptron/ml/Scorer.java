package io.sparkperceptron.ml;

import io.sparkperceptron.gradient.RowScores;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.Weights;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Scores rows with a stored model. Each process computes weights and scaling when it first scores a row. */
final class Scorer implements Serializable {

    private final ModelFiles.Stored stored;
    /** The weights for features that are not multiplied by factors. */
    private transient Weights weights;

    private transient FeatureScaling scaling;

    Scorer(ModelFiles.Stored stored) {
        this.stored = stored;
    }

    /** z of each perceptron. */
    Vector raw(SparseVector row) {
        makeWeights();
        return Vectors.dense(RowScores.of(weights, row.indices(), row.values(), factor(row)));
    }

    /** w_j x_j of each feature, as the perceptron of a class sees it: scaled. Their sum and the bias are z. */
    Vector contributions(SparseVector row, int number) {
        makeWeights();
        double factor = factor(row);
        double[] products = row.values().clone();
        for (int k = 0; k < products.length; k++) {
            products[k] *= weights.values()[row.indices()[k] * weights.stride() + number] * factor;
        }
        return Vectors.sparse(row.size(), row.indices(), products).compressed();
    }

    private double factor(SparseVector row) {
        return scaling.factor(row.values(), 0, row.values().length);
    }

    private void makeWeights() {
        if (weights == null) {
            scaling = FeatureScaling.of(stored.description().scaling());
            weights = Weights.of(List.of(stored.ofUnscaled()));
        }
    }
}
