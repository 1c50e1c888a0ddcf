package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.analysis.Comparison;
import io.sparkperceptron.analysis.Curvature;
import io.sparkperceptron.analysis.GradientCheck;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.spark.Partitions;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares standard scaling with the same data divided by their deviations beforehand. */
class StandardScalingTest extends SparkTest {

    private static final int ROWS = 2300;
    private static final int FEATURES = 6;
    private static final int CLASSES = 3;
    private static final double[] SIZES = {1, 20, 0.5, 300, 7, 1};
    private static final TrainingPlan PLAN = new TrainingPlan(
            List.of(new Run(Loss.LOGISTIC, 0.5), new Run(Loss.MSE, 2)), 20, new Start(0.1, 3), StopRules.NONE);

    private final double[][] rows = TestBlocks.randomRows(ROWS, FEATURES, 0.6, 1);
    private final int[] labels = TestBlocks.randomLabels(ROWS, CLASSES, 2);

    StandardScalingTest() {
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < FEATURES; j++) {
                rows[i][j] = SIZES[j] * (rows[i][j] + (labels[i] == j ? 0.5 : 0));
            }
        }
    }

    @Test
    void equalsDataDividedByTheirDeviations() {
        try (CachedBlocks scaled = blocks(rows, FeatureScaling.STANDARD, 3);
                CachedBlocks divided = blocks(divided(), FeatureScaling.NONE, 3)) {
            List<TrainedRun> expected = train(divided);
            List<TrainedRun> found = train(scaled);
            for (int run = 0; run < expected.size(); run++) {
                assertArrayEquals(
                        expected.get(run).model().toArray(),
                        found.get(run).model().toArray(),
                        1e-11);
                assertEquals(
                        expected.get(run).last().test().cost(),
                        found.get(run).last().test().cost(),
                        1e-12);
            }
            Comparison comparison = ClusterEvaluation.of(
                    scaled, Split.TEST, found.stream().map(TrainedRun::model).toList(), 0);
            for (int run = 0; run < found.size(); run++) {
                assertEquals(
                        found.get(run).last().test().error(),
                        comparison.of(run).confusion().error());
            }
            assertEquals(1, eigenvalue(scaled) / eigenvalue(divided), 1e-6);
            // The deviation of the rows held out is not in the first one.
            assertEquals(1, scaled.largestValue() / divided.largestValue(), 0.01);
        }
    }

    @Test
    void theGradientIsThatOfTheCost() {
        try (CachedBlocks scaled = blocks(rows, FeatureScaling.STANDARD, 2)) {
            PerceptronModel model = new Start(0.5, 4).model(CLASSES, FEATURES);
            GradientCheck.Deviation worst = GradientCheck.check(
                    new ClusterGradient(scaled, KernelChoice.AUTO),
                    model,
                    Loss.LOGISTIC,
                    0,
                    List.of(0, 1, 2, 3, 4, 5, 6),
                    scaled.largestValue());
            assertTrue(worst.passed(), worst.toString());
        }
    }

    /** Columns from 1e-9 to 1e9: after scaling, results are the same as before. */
    @Test
    @Tag("thorough")
    void unitsAreIrrelevant() {
        double[][] inOtherUnits = new double[ROWS][FEATURES];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < FEATURES; j++) {
                inOtherUnits[i][j] = Math.scalb(rows[i][j], 12 * j - 30);
            }
        }
        try (CachedBlocks before = blocks(rows, FeatureScaling.STANDARD, 3);
                CachedBlocks after = blocks(inOtherUnits, FeatureScaling.STANDARD, 3);
                CachedBlocks onOnePartition = blocks(inOtherUnits, FeatureScaling.STANDARD, 1)) {
            for (int run = 0; run < PLAN.runs().size(); run++) {
                double[] model = train(after).get(run).model().toArray();
                assertArrayEquals(train(before).get(run).model().toArray(), model, 1e-11);
                assertArrayEquals(train(onOnePartition).get(run).model().toArray(), model);
            }
        }
    }

    /** The folds of a setting must have the same features as its run on all rows. */
    @Test
    void withFoldsTheDeviationsAreThoseOfAllTrainingRows() {
        Examples examples = examples(rows);
        try (CachedBlocks inFolds = load(new DataSets(
                        examples,
                        HoldOut.none(),
                        new Folds(5, 1),
                        examples,
                        FeatureScaling.STANDARD,
                        ClassWeighting.NONE));
                CachedBlocks whole = load(new DataSets(examples, HoldOut.none(), examples, FeatureScaling.STANDARD))) {
            assertEquals(whole.factors(), inFolds.factors());
        }
    }

    private static CachedBlocks load(DataSets sets) {
        return CachedBlocks.load(sets, Partitions.of(3));
    }

    private static double eigenvalue(CachedBlocks data) {
        return new Curvature(new ClusterGradient(data, KernelChoice.AUTO), FEATURES, CLASSES, data.largestValue())
                .largestEigenvalue();
    }

    private static List<TrainedRun> train(CachedBlocks data) {
        return new GradientDescent(new ClusterGradient(data, KernelChoice.AUTO), List.of())
                .train(PLAN, data.features(), data.classes());
    }

    /** The deviations of the rows that are trained on, without the rows held out. */
    private double[][] divided() {
        double[][] divided = new double[ROWS][FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            double sum = 0;
            double squares = 0;
            int count = 0;
            try (CachedBlocks data = blocks(rows, FeatureScaling.NONE, 1)) {
                for (var block : data.blocks().collect()) {
                    for (int i = 0; block.split() == Split.TRAIN && i < block.rows(); i++) {
                        double value = rows[(int) block.globalRow(i)][j];
                        sum += value;
                        squares += value * value;
                        count++;
                    }
                }
            }
            double deviation = Math.sqrt(squares / count - sum / count * (sum / count));
            for (int i = 0; i < ROWS; i++) {
                divided[i][j] = rows[i][j] / deviation;
            }
        }
        return divided;
    }

    private CachedBlocks blocks(double[][] values, FeatureScaling scaling, int partitions) {
        Examples examples = examples(values);
        return CachedBlocks.load(
                new DataSets(examples, HoldOut.draw(300, ROWS, 9), examples, scaling), Partitions.of(partitions));
    }

    private Examples examples(double[][] values) {
        List<LabeledPoint> points = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            points.add(new LabeledPoint(labels[i], Vectors.dense(values[i])));
        }
        return Examples.of(spark().parallelize(points, 2), FEATURES, ClassLabels.upTo(CLASSES), null, "memory");
    }
}
