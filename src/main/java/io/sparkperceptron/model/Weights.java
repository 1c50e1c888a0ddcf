package io.sparkperceptron.model;

import java.io.Serializable;
import java.util.List;

/**
 * The weights of P perceptrons side by side: (d+1) x P doubles, feature-major. Entry (j, p) stands at {@code j * stride
 * + p}; row d is the bias. Runs come one after another, each with its C classes in order: run r owns the columns r*C to
 * r*C + C-1.
 */
public final class Weights implements Serializable {

    /** Bytes that a process takes for each weight of a model that it applies: the weight itself, and what is made of it on the way. */
    public static final long BYTES_TO_HOLD = 32;

    /** Bytes that the driver takes for each weight in training: also its gradient and the sum of that, and what looks at curvature. */
    public static final long BYTES_TO_TRAIN = 2 * BYTES_TO_HOLD;

    /** Bytes that an executor takes for each weight, beside its kernels: the weight as it comes and as it is, and a sum as it goes. */
    public static final long BYTES_TO_SEND = 3L * Double.BYTES;

    private final int features;
    private final int classes;
    private final int runs;
    private final double[] values;

    /**
     * All zeros.
     *
     * @throws IllegalArgumentException if a number is below one, or the matrix has 2^31 entries or more
     */
    public Weights(int features, int classes, int runs) {
        if (features < 1 || classes < 1 || runs < 1) {
            throw new IllegalArgumentException(
                    "expected at least one feature, class and run, got " + features + ", " + classes + ", " + runs);
        }
        long entries = Math.multiplyExact(features + 1L, (long) classes * runs);
        if (entries > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("expected fewer than 2^31 weights, got (" + features + " + 1) x "
                    + classes + " x " + runs + " = " + entries);
        }
        this.features = features;
        this.classes = classes;
        this.runs = runs;
        this.values = new double[(int) entries];
    }

    /** Copies of models of one shape, side by side, each a run. */
    public static Weights of(List<PerceptronModel> models) {
        Weights weights = new Weights(models.get(0).features(), models.get(0).classes(), models.size());
        for (int run = 0; run < models.size(); run++) {
            weights.setRun(run, models.get(run));
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

    /** The distance from an entry to that of the next feature. */
    public int stride() {
        return columns();
    }

    /**
     * The entries themselves, not a copy. Whoever made the matrix may write to them, but not while a pass over the data is
     * under way.
     */
    public double[] values() {
        return values;
    }

    public double get(int feature, int column) {
        return values[feature * stride() + column];
    }

    /** Writes {@code model} into the columns of run {@code run}. Modified: this. */
    public void setRun(int run, PerceptronModel model) {
        for (int c = 0; c < classes; c++) {
            for (int j = 0; j <= features; j++) {
                values[j * stride() + run * classes + c] = model.weight(c, j);
            }
        }
    }

    /** A copy of run {@code run} as a model by itself. */
    public PerceptronModel run(int run) {
        double[] rows = new double[classes * (features + 1)];
        for (int c = 0; c < classes; c++) {
            for (int j = 0; j <= features; j++) {
                rows[c * (features + 1) + j] = values[j * stride() + run * classes + c];
            }
        }
        return new PerceptronModel(classes, features, rows);
    }

    /** A copy with the named runs only, in that order: the columns close up. */
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
