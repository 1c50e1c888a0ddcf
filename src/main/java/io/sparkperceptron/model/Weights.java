package io.sparkperceptron.model;

import java.io.Serializable;
import java.util.List;

/**
 * The weights of P perceptrons side by side: (d+1) x P doubles, feature-major. Entry (j, p) is at {@code j * stride +
 * p}; row d is the bias. Run r owns the columns r*C to r*C + C-1, one for each class in order.
 */
public final class Weights implements Serializable {

    /** Bytes that a process needs for each weight of a model that it applies: the weight and its temporary copies. */
    public static final long BYTES_TO_HOLD = 32;

    /** Bytes that the driver needs for each weight in training, with gradients, their sum and the curvature. */
    public static final long BYTES_TO_TRAIN = 2 * BYTES_TO_HOLD;

    /** Bytes that an executor needs for each weight, beside its kernels: received, used, and its sum as sent. */
    public static final long BYTES_TO_SEND = 3L * Double.BYTES;

    private final int features;
    private final int classes;
    private final int runs;
    private final double[] values;

    /** All zeros. Throws an IllegalArgumentException if a number is below 1, or if an array cannot hold the entries. */
    public Weights(int features, int classes, int runs) {
        if (features < 1 || classes < 1 || runs < 1) {
            throw new IllegalArgumentException(
                    "expected at least one feature, class and run, got " + features + ", " + classes + ", " + runs);
        }
        long columns = (long) classes * runs;
        if (features + 1L > (Integer.MAX_VALUE - 8) / columns) {
            throw new IllegalArgumentException(
                    "expected fewer than 2^31 weights, got (" + features + " + 1) x " + classes + " x " + runs);
        }
        this.features = features;
        this.classes = classes;
        this.runs = runs;
        this.values = new double[(int) ((features + 1) * columns)];
    }

    /** Copies models of one shape side by side, each as a run. */
    public static Weights of(List<PerceptronModel> models) {
        Weights weights = new Weights(models.get(0).features(), models.get(0).classes(), models.size());
        for (int p = 0; p < weights.columns(); p++) {
            PerceptronModel model = models.get(p / weights.classes);
            for (int j = 0; j <= weights.features; j++) {
                weights.values[j * weights.stride() + p] = model.weight(p % weights.classes, j);
            }
        }
        return weights;
    }

    /** d, the features without the bias. */
    public int features() {
        return features;
    }

    /** C, the perceptrons of one run. */
    public int classes() {
        return classes;
    }

    public int runs() {
        return runs;
    }

    /** P = runs x classes. */
    public int columns() {
        return runs * classes;
    }

    /** The distance from an entry to the same column of the next feature. */
    public int stride() {
        return columns();
    }

    /** The entries themselves, not a copy. Only the creator may write to them, and not during a pass over the data. */
    public double[] values() {
        return values;
    }

    public double get(int feature, int column) {
        return values[feature * stride() + column];
    }

    /** A copy of one perceptron's weights, the bias last. */
    public double[] column(int column) {
        double[] weights = new double[features + 1];
        for (int j = 0; j <= features; j++) {
            weights[j] = get(j, column);
        }
        return weights;
    }

    /** Writes one perceptron's weights. Modified: this. */
    public void setColumn(int column, double[] weights) {
        for (int j = 0; j <= features; j++) {
            values[j * stride() + column] = weights[j];
        }
    }

    /** A copy of one run. */
    public PerceptronModel run(int run) {
        double[] rows = new double[classes * (features + 1)];
        for (int c = 0; c < classes; c++) {
            for (int j = 0; j <= features; j++) {
                rows[c * (features + 1) + j] = values[j * stride() + run * classes + c];
            }
        }
        return new PerceptronModel(classes, features, rows);
    }

    /** A copy with only these runs, in this order. */
    public Weights keepRuns(int[] kept) {
        Weights closed = new Weights(features, classes, kept.length);
        for (int j = 0; j <= features; j++) {
            for (int r = 0; r < kept.length; r++) {
                System.arraycopy(
                        values,
                        j * stride() + kept[r] * classes,
                        closed.values,
                        j * closed.stride() + r * classes,
                        classes);
            }
        }
        return closed;
    }
}
