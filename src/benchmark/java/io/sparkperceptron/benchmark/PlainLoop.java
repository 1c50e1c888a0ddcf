package io.sparkperceptron.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one core does without Spark, sparsity or care: dense rows of doubles, the loops as the formulas have them, Math.exp.
 * One epoch of ten logistic perceptrons on the training images.
 */
final class PlainLoop {

    private static final int CLASSES = 10;
    private static final double RATE = 0.5;

    private final double[][] rows;
    private final int[] labels;
    private final double[][] weights;

    PlainLoop(Path folder) throws IOException {
        byte[] images = Files.readAllBytes(folder.resolve("train-images-idx3-ubyte"));
        byte[] targets = Files.readAllBytes(folder.resolve("train-labels-idx1-ubyte"));
        int pixels = (images.length - 16) / (targets.length - 8);
        rows = new double[targets.length - 8][pixels];
        labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = targets[8 + i];
            for (int j = 0; j < pixels; j++) {
                rows[i][j] = (images[16 + i * pixels + j] & 0xFF) / 255.0;
            }
        }
        weights = new double[CLASSES][pixels + 1];
    }

    /** Takes one step, and returns the cost before it. */
    double epoch() {
        int pixels = rows[0].length;
        double[][] gradient = new double[CLASSES][pixels + 1];
        double cost = 0;
        for (int i = 0; i < rows.length; i++) {
            double[] x = rows[i];
            for (int c = 0; c < CLASSES; c++) {
                double[] w = weights[c];
                double z = w[pixels];
                for (int j = 0; j < pixels; j++) {
                    z += w[j] * x[j];
                }
                double t = labels[i] == c ? 1 : 0;
                cost += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - t * z;
                double delta = 1 / (1 + Math.exp(-z)) - t;
                double[] g = gradient[c];
                for (int j = 0; j < pixels; j++) {
                    g[j] += delta * x[j];
                }
                g[pixels] += delta;
            }
        }
        for (int c = 0; c < CLASSES; c++) {
            for (int j = 0; j <= pixels; j++) {
                weights[c][j] -= RATE / rows.length * gradient[c][j];
            }
        }
        return cost / rows.length;
    }
}
