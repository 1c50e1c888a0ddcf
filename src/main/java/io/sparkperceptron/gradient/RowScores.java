package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.Weights;
import java.util.Arrays;

/**
 * z = w.x + b of every perceptron for one row at a time. With v_k the row's stored entries in ascending columns j_k,
 * and f its factor: z = fma(f, fma(v_K, w[j_K], ... fma(v_1, w[j_1], 0)), bias). Not safe for use by several threads.
 */
public class RowScores {

    final Weights weights;
    final double[] z;
    private ExampleBlock block;
    /** The weights of the features that are present in the block, or all weights. */
    private double[] blockWeights = new double[0];

    private int[] features = new int[0];
    private double[] values = new double[0];
    private int count;

    public RowScores(Weights weights) {
        this.weights = weights;
        this.z = new double[weights.columns()];
    }

    /** z of a single row in every column, from its factor and its entries in ascending features. */
    public static double[] of(Weights weights, int[] features, double[] values, double factor) {
        double[] z = new double[weights.columns()];
        dotProducts(weights.values(), features, values, values.length, z);
        addBiases(weights, factor, z);
        return z;
    }

    /** Computes z of a row. Modified: this. */
    public void score(ExampleBlock block, int row) {
        if (block != this.block) {
            begin(block);
        }
        makeRoom(block.entries(row));
        count = block.unpackPlaces(row, row + 1, features, values);
        dotProducts(blockWeights, features, values, count, z);
        addBiases(weights, block.factor(row), z);
    }

    /** Turns dot products into scores. Modified: z. */
    private static void addBiases(Weights weights, double factor, double[] z) {
        int bias = weights.features() * weights.stride();
        for (int p = 0; p < z.length; p++) {
            z[p] = Math.fma(factor, z[p], weights.values()[bias + p]);
        }
    }

    private void begin(ExampleBlock block) {
        this.block = block;
        int[] present = block.present();
        if (present == null) {
            blockWeights = weights.values();
            return;
        }
        int stride = weights.stride();
        if (blockWeights == weights.values() || blockWeights.length < present.length * stride) {
            blockWeights = new double[present.length * stride];
        }
        for (int i = 0; i < present.length; i++) {
            for (int p = 0; p < stride; p++) {
                blockWeights[i * stride + p] = weights.values()[present[i] * stride + p];
            }
        }
    }

    public double z(int column) {
        return z[column];
    }

    /** The run's class with the largest z; the lowest class on a tie. */
    public int predicted(int run) {
        int from = run * weights.classes();
        int best = from;
        for (int p = from + 1; p < from + weights.classes(); p++) {
            if (z[p] > z[best]) {
                best = p;
            }
        }
        return best - from;
    }

    /** Whether {@link #predicted} is the label; false if a z is NaN. */
    boolean isRight(int run, int label) {
        return isRight(z, run * weights.classes(), weights.classes(), label);
    }

    /** Whether the label has the largest of {@code classes} scores from {@code from} on, as the lowest on a tie. */
    static boolean isRight(double[] z, int from, int classes, int label) {
        return isLargest(z[from + label], label, z, from, classes);
    }

    /**
     * Whether the label's score is larger than all of lower classes, and at least as large as all of higher classes.
     *
     * @param label relative to the first of these classes; may be outside their range
     * @param z the scores of {@code count} classes from {@code from} on
     */
    static boolean isLargest(double own, int label, double[] z, int from, int count) {
        int lower = Math.max(0, Math.min(label, count));
        for (int c = 0; c < lower; c++) {
            if (!(own > z[from + c])) {
                return false;
            }
        }
        for (int c = lower; c < count; c++) {
            if (!(own >= z[from + c])) {
                return false;
            }
        }
        return true;
    }

    /** Adds the row's entries times a coefficient for each column to the gradient of its block. Modified: gradient. */
    void addScaledRow(double[] coefficients, TouchedGradient gradient) {
        for (int k = 0; k < count; k++) {
            gradient.add(features[k], values[k], coefficients);
        }
    }

    /** The stride is the length of z. Takes four entries at a time, to load and store z a quarter as often. */
    private static void dotProducts(double[] weights, int[] features, double[] values, int count, double[] z) {
        Arrays.fill(z, 0);
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            addFour(weights, features, values, k, z);
        }
        for (; k < count; k++) {
            double value = values[k];
            int offset = features[k] * z.length;
            for (int p = 0; p < z.length; p++) {
                z[p] = Math.fma(value, weights[offset + p], z[p]);
            }
        }
    }

    private static void addFour(double[] weights, int[] features, double[] values, int k, double[] z) {
        double v0 = values[k];
        double v1 = values[k + 1];
        double v2 = values[k + 2];
        double v3 = values[k + 3];
        int o0 = features[k] * z.length;
        int o1 = features[k + 1] * z.length;
        int o2 = features[k + 2] * z.length;
        int o3 = features[k + 3] * z.length;
        for (int p = 0; p < z.length; p++) {
            double sum = Math.fma(v1, weights[o1 + p], Math.fma(v0, weights[o0 + p], z[p]));
            z[p] = Math.fma(v3, weights[o3 + p], Math.fma(v2, weights[o2 + p], sum));
        }
    }

    private void makeRoom(int entries) {
        if (features.length < entries) {
            features = new int[entries];
            values = new double[entries];
        }
    }
}
