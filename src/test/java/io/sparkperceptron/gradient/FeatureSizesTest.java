package io.sparkperceptron.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares gradients of data with columns from 1e-9 to 1e9 in size with plain sums of doubles. */
class FeatureSizesTest {

    private static final int ROWS = 2500;
    private static final int CLASSES = 3;
    private static final int FEATURES = 19;
    private static final List<Loss> LOSSES = List.of(Loss.LOGISTIC, Loss.MSE, Loss.LOGISTIC);

    private final double[][] rows = TestBlocks.randomRows(ROWS, FEATURES, 0.7, 1);
    private final int[] labels = TestBlocks.randomLabels(ROWS, CLASSES, 2);
    private final Weights weights;

    FeatureSizesTest() {
        for (double[] row : rows) {
            for (int j = 0; j < FEATURES; j++) {
                row[j] *= size(j);
            }
        }
        List<PerceptronModel> models = new ArrayList<>();
        for (int run = 0; run < LOSSES.size(); run++) {
            double[] model = new double[CLASSES * (FEATURES + 1)];
            for (int i = 0; i < model.length; i++) {
                int feature = i % (FEATURES + 1);
                model[i] = Math.sin(i + 10.0 * run) / (feature == FEATURES ? 1 : size(feature));
            }
            models.add(new PerceptronModel(CLASSES, FEATURES, model));
        }
        weights = Weights.of(models);
    }

    private static double size(int feature) {
        return Math.pow(10, feature - 9);
    }

    @Test
    void smallFeaturesKeepTheirDigits() {
        double[] found = gradient(KernelChoice.AUTO).meanGradient();
        double[] expected = plainGradient();
        for (int j = 0; j <= FEATURES; j++) {
            double scale = j == FEATURES ? 1 : size(j);
            for (int p = 0; p < weights.columns(); p++) {
                int entry = j * weights.stride() + p;
                assertEquals(expected[entry], found[entry], 1e-12 * scale, "feature " + j + ", column " + p);
            }
        }
    }

    @Test
    void kernelsGiveTheSameBits() {
        assertArrayEquals(
                gradient(KernelChoice.SCALAR).meanGradient(),
                gradient(KernelChoice.AUTO).meanGradient());
    }

    private GradientSum gradient(KernelChoice choice) {
        List<ExampleBlock> blocks = TestBlocks.pack(Split.TRAIN, FEATURES, CLASSES, FeatureScaling.NONE, rows, labels);
        DatasetSummary summary = new DatasetSummary(CLASSES);
        blocks.forEach(block -> summary.add(block, ClassLabels.upTo(CLASSES)));
        GradientKernel kernel = choice.kernel(
                weights,
                Objective.of(LOSSES),
                FixedPointGrid.forData(ROWS, 1, summary.largestValue(), 1, FEATURES, summary::sizeOf));
        blocks.forEach(kernel::add);
        return kernel.finish();
    }

    private double[] plainGradient() {
        double[] mean = new double[weights.values().length];
        for (int i = 0; i < ROWS; i++) {
            for (int p = 0; p < weights.columns(); p++) {
                double z = weights.get(FEATURES, p);
                for (int j = 0; j < FEATURES; j++) {
                    z += rows[i][j] * weights.get(j, p);
                }
                double s = 1 / (1 + Math.exp(-z));
                double difference = s - (labels[i] == p % CLASSES ? 1 : 0);
                double delta = LOSSES.get(p / CLASSES) == Loss.LOGISTIC ? difference : difference * s * (1 - s);
                for (int j = 0; j <= FEATURES; j++) {
                    mean[j * weights.stride() + p] += delta * (j == FEATURES ? 1 : rows[i][j]) / ROWS;
                }
            }
        }
        return mean;
    }
}
