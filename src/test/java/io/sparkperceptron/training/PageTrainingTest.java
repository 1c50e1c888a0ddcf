package io.sparkperceptron.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientKernel;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.storage.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Trains on a few images, and compares with {@code training.json}. {@code descent.test.js} compares the page's own
 * training with the same file, so page and program agree.
 */
class PageTrainingTest {

    private static final Path GOLDEN = Path.of("src/test/javascript/training.json");
    private static final int FEATURES = 12;
    private static final int CLASSES = 3;
    private static final int EPOCHS = 12;
    private static final ClassWeights WEIGHTS =
            ClassWeighting.of("0:2,2:0.5").weights(ClassLabels.upTo(CLASSES), label -> 1);

    private static final int[][] TRAINING = images(24, 1);
    private static final int[] TRAINING_LABELS = TestBlocks.randomLabels(24, CLASSES, 2);
    private static final int[][] TEST = images(10, 3);
    private static final int[] TEST_LABELS = TestBlocks.randomLabels(10, CLASSES, 4);
    /** Numbers that the page's floats hold exactly. */
    private static final double[] FACTORS = {0.5, 0.25, 1, 0.0625, 2, 0.125, 0.75, 1, 0.5, 0.375, 1, 0.25};

    @SuppressWarnings("ArrayRecordComponent")
    record Golden(int[][] training, int[] trainingLabels, int[][] test, int[] testLabels, List<Case> cases) {}

    /** Costs and errors after each epoch. */
    @SuppressWarnings("ArrayRecordComponent")
    record Case(
            String loss,
            double rate,
            double l2,
            double momentum,
            Double factor,
            double[] factors,
            List<Double> classWeights,
            List<Double> costs,
            List<Double> trainErrors,
            List<Double> testErrors) {}

    @Test
    void pageAndProgramComputeTheSame() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Loss loss : Loss.values()) {
            cases.add(train(new Setting(loss, 1), FeatureScaling.PIXEL, ClassWeights.NONE));
            cases.add(train(new Setting(loss, 1, 0.125), FeatureScaling.PIXEL, ClassWeights.NONE));
            cases.add(train(new Setting(loss, 0.5, 0.125, 0.5), FeatureScaling.UNIT_NORM, WEIGHTS));
            cases.add(train(new Setting(loss, 0.00001), FeatureScaling.STANDARD, ClassWeights.NONE));
        }
        String golden = JsonFile.compact(new Golden(TRAINING, TRAINING_LABELS, TEST, TEST_LABELS, cases));
        assertEquals(Files.readString(GOLDEN).strip().replace("\n", ""), golden);
    }

    private static Case train(Setting setting, FeatureScaling scaling, ClassWeights classWeights) {
        FeatureFactors factors = scaling == FeatureScaling.STANDARD ? FeatureFactors.of(FACTORS) : FeatureFactors.NONE;
        List<ExampleBlock> blocks = new ArrayList<>(pack(Split.TRAIN, TRAINING, TRAINING_LABELS, scaling));
        blocks.addAll(pack(Split.TEST, TEST, TEST_LABELS, scaling));
        FixedPointGrid grid = FixedPointGrid.forData(TRAINING.length + TEST.length, 1, 512, 2, FEATURES, null);
        GradientFunction gradient = (weights, objectives) -> {
            GradientKernel kernel = KernelChoice.AUTO.kernel(factors.times(weights), objectives, classWeights, grid);
            blocks.forEach(kernel::add);
            return kernel.finish().withFactors(factors);
        };
        Recording recording = new Recording(List.of());
        TrainingPlan plan = new TrainingPlan(List.of(new Run(setting, "one")), EPOCHS, Start.ZEROS, StopRules.NONE);
        new GradientDescent(gradient, List.of(recording)).train(plan, FEATURES, CLASSES);
        return new Case(
                setting.loss().label(),
                setting.learningRate(),
                setting.l2(),
                setting.value(Hyperparameter.MOMENTUM),
                scaling == FeatureScaling.UNIT_NORM ? null : (Double) scaling.factor(new double[0], 0, 0),
                factors.toArray(),
                classWeights.areNone() ? null : List.of(classWeights.of(0), classWeights.of(1), classWeights.of(2)),
                column(recording, epoch -> epoch.train().cost()),
                column(recording, epoch -> epoch.train().error()),
                column(recording, epoch -> epoch.test().error()));
    }

    private static List<Double> column(Recording recording, ToDoubleFunction<EpochMetrics> value) {
        return recording.rows().stream().map(value::applyAsDouble).toList();
    }

    private static List<ExampleBlock> pack(Split split, int[][] images, int[] labels, FeatureScaling scaling) {
        double[][] rows = Arrays.stream(images)
                .map(image -> Arrays.stream(image).asDoubleStream().toArray())
                .toArray(double[][]::new);
        return TestBlocks.pack(split, FEATURES, CLASSES, scaling, rows, labels);
    }

    /** Bytes, half of them zero; the first image is black. */
    private static int[][] images(int count, long seed) {
        Random random = new Random(seed);
        int[][] images = new int[count][FEATURES];
        for (int i = 1; i < count; i++) {
            Arrays.setAll(images[i], j -> random.nextBoolean() ? random.nextInt(256) : 0);
        }
        return images;
    }
}
