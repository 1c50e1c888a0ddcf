package io.sparkperceptron.benchmark;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Problem;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/** Rows in the driver's memory. They say, in doubles and for all in the same way, what a model has reached. */
final class DriverRows {

    private final List<LabeledPoint> points;
    private final int features;

    DriverRows(JavaRDD<LabeledPoint> points) {
        this.points = points.collect();
        this.features = this.points.get(0).features().size();
    }

    int count() {
        return points.size();
    }

    /** What multiplies the penalty of each weight: 1, or its feature's sample variance if weights are standardized. */
    double[] penalties(boolean standard) {
        double[] penalties = new double[features];
        Arrays.fill(penalties, 1);
        if (standard) {
            double[] means = new double[features];
            double[] squares = new double[features];
            for (LabeledPoint point : points) {
                SparseVector row = (SparseVector) point.features();
                for (int k = 0; k < row.indices().length; k++) {
                    double value = row.values()[k];
                    means[row.indices()[k]] += value / count();
                    squares[row.indices()[k]] += value * value;
                }
            }
            Arrays.setAll(penalties, j -> (squares[j] - count() * means[j] * means[j]) / (count() - 1));
        }
        return penalties;
    }

    /**
     * The objective of the perceptron that tells one label from all others: the mean over all rows of log(1 + exp(-z)),
     * for other labels of log(1 + exp(z)), and l2/2 times the sum of penalties times w^2. The bias has no penalty, and
     * may follow the weights in their array.
     */
    double objective(double label, double[] weights, double bias, double[] penalties, double l2) {
        double cost = 0;
        for (LabeledPoint point : points) {
            SparseVector row = (SparseVector) point.features();
            int[] indices = row.indices();
            double[] values = row.values();
            double z = bias;
            for (int k = 0; k < indices.length; k++) {
                z += weights[indices[k]] * values[k];
            }
            double margin = point.label() == label ? z : -z;
            cost += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
        }
        double squares = 0;
        for (int j = 0; j < features; j++) {
            squares += penalties[j] * weights[j] * weights[j];
        }
        return cost / count() + l2 / 2 * squares;
    }

    /** The part of the rows that a model predicts wrongly. */
    double error(ClassificationModel<Vector, ?> model) {
        return points.stream()
                        .filter(point -> model.predict(point.features()) != point.label())
                        .count()
                / (double) count();
    }

    /** The same rows for liblinear: label 1 against all others, with the bias as a last feature. */
    Problem problem() {
        Problem problem = new Problem();
        problem.l = count();
        problem.n = features + 1;
        problem.bias = 1;
        problem.y = points.stream()
                .mapToDouble(point -> point.label() == 1 ? 1 : -1)
                .toArray();
        problem.x = points.stream()
                .map(point -> nodes((SparseVector) point.features(), problem.n))
                .toArray(Feature[][]::new);
        return problem;
    }

    /** Liblinear counts features from 1 on. */
    private static Feature[] nodes(SparseVector row, int bias) {
        int[] indices = row.indices();
        Feature[] nodes = new Feature[indices.length + 1];
        for (int k = 0; k < indices.length; k++) {
            nodes[k] = new FeatureNode(indices[k] + 1, row.values()[k]);
        }
        nodes[indices.length] = new FeatureNode(bias, 1);
        return nodes;
    }
}
