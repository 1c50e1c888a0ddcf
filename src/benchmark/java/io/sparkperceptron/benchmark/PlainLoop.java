package io.sparkperceptron.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What one thread does without Spark, by loops as one writes them first: doubles, sparse rows, the weights of all runs side by
 * side so that the innermost loops are over neighbours, and one exponential and one logarithm for each score. An epoch is the same work as ours:
 * a step on the training images, cost and errors of both sets.
 */
final class PlainLoop {

    private static final int CLASSES = 10;

    private final Images training;
    private final Images test;
    private final boolean[] logistic;
    private final double[] rates;
    /** By feature and perceptron; the last line is the bias. */
    private final double[][] weights;

    /**
     * From zeros.
     *
     * @param logistic for each run, whether it has the logistic loss, else the squared error
     */
    PlainLoop(Path folder, boolean[] logistic, double[] rates) throws IOException {
        this.training = new Images(folder, "train");
        this.test = new Images(folder, "t10k");
        this.logistic = logistic.clone();
        this.rates = rates.clone();
        this.weights = new double[training.pixels + 1][rates.length * CLASSES];
    }

    /** Takes one step, and returns the training cost of the first run before it. */
    double epoch() {
        double[][] gradient = new double[weights.length][rates.length * CLASSES];
        double[] costs = evaluate(training, gradient);
        evaluate(test, null);
        for (int j = 0; j < weights.length; j++) {
            for (int p = 0; p < weights[j].length; p++) {
                weights[j][p] -= rates[p / CLASSES] / training.labels.length * gradient[j][p];
            }
        }
        return costs[0];
    }

    /** For each run the mean cost, then for each run the fraction of errors. Modified: gradient, if any. */
    private double[] evaluate(Images images, double[][] gradient) {
        int runs = rates.length;
        double[] metrics = new double[2 * runs];
        double[] z = new double[runs * CLASSES];
        for (int i = 0; i < images.labels.length; i++) {
            addProducts(images, i, z);
            for (int run = 0; run < runs; run++) {
                metrics[runs + run] += best(z, run * CLASSES) == images.labels[i] ? 0 : 1;
                metrics[run] += replaceByDeltas(z, run * CLASSES, images.labels[i], logistic[run]);
            }
            if (gradient != null) {
                for (int k = images.starts[i]; k < images.starts[i + 1]; k++) {
                    addTo(gradient[images.columns[k]], z, images.values[k]);
                }
                addTo(gradient[images.pixels], z, 1);
            }
        }
        for (int i = 0; i < metrics.length; i++) {
            metrics[i] /= images.labels.length;
        }
        return metrics;
    }

    private void addProducts(Images images, int row, double[] z) {
        System.arraycopy(weights[images.pixels], 0, z, 0, z.length);
        for (int k = images.starts[row]; k < images.starts[row + 1]; k++) {
            addTo(z, weights[images.columns[k]], images.values[k]);
        }
    }

    /** Modified: sums. */
    private static void addTo(double[] sums, double[] terms, double factor) {
        for (int p = 0; p < sums.length; p++) {
            sums[p] += factor * terms[p];
        }
    }

    private static int best(double[] z, int from) {
        int best = 0;
        for (int c = 1; c < CLASSES; c++) {
            if (z[from + c] > z[from + best]) {
                best = c;
            }
        }
        return best;
    }

    /** The cost of one row and run, whose scores become derivatives. */
    private static double replaceByDeltas(double[] z, int from, int label, boolean logistic) {
        double cost = 0;
        for (int c = 0; c < CLASSES; c++) {
            double score = z[from + c];
            double t = c == label ? 1 : 0;
            double e = Math.exp(-Math.abs(score));
            double s = (score >= 0 ? 1 : e) / (1 + e);
            if (logistic) {
                cost += Math.max(score, 0) + Math.log(1 + e) - t * score;
                z[from + c] = s - t;
            } else {
                cost += (s - t) * (s - t) / 2;
                z[from + c] = (s - t) * s * (1 - s);
            }
        }
        return cost;
    }

    /** Images without their black pixels, row after row. */
    private static final class Images {

        private final int pixels;
        private final int[] labels;
        private final int[] starts;
        private final int[] columns;
        private final double[] values;

        Images(Path folder, String name) throws IOException {
            byte[] images = Files.readAllBytes(folder.resolve(name + "-images-idx3-ubyte"));
            byte[] targets = Files.readAllBytes(folder.resolve(name + "-labels-idx1-ubyte"));
            pixels = (images.length - 16) / (targets.length - 8);
            labels = new int[targets.length - 8];
            starts = new int[labels.length + 1];
            int[] roomyColumns = new int[images.length];
            double[] roomyValues = new double[images.length];
            int filled = 0;
            for (int i = 0; i < labels.length; i++) {
                labels[i] = targets[8 + i];
                for (int j = 0; j < pixels; j++) {
                    int pixel = images[16 + i * pixels + j] & 0xFF;
                    if (pixel != 0) {
                        roomyColumns[filled] = j;
                        roomyValues[filled++] = pixel / 255.0;
                    }
                }
                starts[i + 1] = filled;
            }
            columns = Arrays.copyOf(roomyColumns, filled);
            values = Arrays.copyOf(roomyValues, filled);
        }
    }
}
