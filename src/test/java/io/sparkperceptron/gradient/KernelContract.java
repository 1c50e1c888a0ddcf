package io.sparkperceptron.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests that every kernel must pass. */
abstract class KernelContract {

    private static final int FEATURES = 11;
    private static final int CLASSES = 3;
    private static final int ROWS = 700;
    private static final double SCALE = 1.0 / 255;

    abstract KernelChoice choice();

    private final double[][] rows = TestBlocks.randomRows(ROWS, FEATURES, 0.4, 1);
    private final int[] labels = TestBlocks.randomLabels(ROWS, CLASSES, 2);

    @ParameterizedTest
    @EnumSource(Loss.class)
    void agreesWithANaiveLoop(Loss loss) {
        Weights weights = randomWeights(1, 3, 300);
        GradientSum sum = sum(blocks(Split.TRAIN), weights, List.of(loss));
        double cost = naiveCost(weights, loss);
        assertEquals(cost, sum.cost(Split.TRAIN, 0), 1e-14 * cost);
        assertEquals(naiveErrors(weights), sum.errors(Split.TRAIN, 0));
        double[] gradient = naiveGradient(weights, loss, new double[] {1, 1, 1});
        for (int entry = 0; entry < gradient.length; entry++) {
            assertEquals(gradient[entry], sum.meanGradient()[entry], 1e-14, "entry " + entry);
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void classWeightsMultiplyGradientsAndLeaveMetrics(Loss loss) {
        Weights weights = randomWeights(1, 3, 300);
        GradientSum plain = sum(blocks(Split.TRAIN), weights, List.of(loss));
        double[] classWeights = {0, 2.5, 1};
        GradientKernel kernel = choice().kernel(
                        weights,
                        Objective.of(List.of(loss)),
                        ClassWeighting.of("0:0,1:2.5").weights(ClassLabels.upTo(CLASSES), c -> 1),
                        FixedPointGrid.forData(2 * ROWS, 1, 1, 2.5, FEATURES, null));
        blocks(Split.TRAIN).forEach(kernel::add);
        GradientSum sum = kernel.finish();
        assertEquals(plain.metrics(Split.TRAIN, 0), sum.metrics(Split.TRAIN, 0));
        double[] gradient = naiveGradient(weights, loss, classWeights);
        for (int entry = 0; entry < gradient.length; entry++) {
            assertEquals(gradient[entry], sum.meanGradient()[entry], 1e-14, "entry " + entry);
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void rowWeightsEqualClassWeightsAlsoInParts(Loss loss) {
        Weights weights = randomWeights(2, 3, 300);
        List<Loss> losses = List.of(loss, loss);
        FixedPointGrid grid = FixedPointGrid.forData(2 * ROWS, 1, 1, 2.5, FEATURES, null);
        GradientKernel byClass = choice().kernel(
                        weights,
                        Objective.of(losses),
                        ClassWeighting.of("0:0,1:2.5").weights(ClassLabels.upTo(CLASSES), c -> 1),
                        grid);
        GradientKernel byRow = choice().kernel(weights, Objective.of(losses), grid);
        double[] classWeights = {0, 2.5, 1};
        List<ExampleBlock> weighted = TestBlocks.pack(
                Split.TRAIN, FEATURES, CLASSES, FeatureScaling.PIXEL, rows, labels, i -> classWeights[labels[i]]);
        blocks(Split.TRAIN).forEach(block -> byClass.add(TestBlocks.part(block, Split.TRAIN)));
        weighted.forEach(block -> byRow.add(TestBlocks.part(block, Split.TRAIN)));
        assertSameSums(weights, byClass.finish(), byRow.finish());
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void gradientAgreesWithFiniteDifferencesOfTheCost(Loss loss) {
        Weights weights = randomWeights(1, 4, 300);
        GradientSum sum = sum(blocks(Split.TRAIN), weights, List.of(loss));
        double step = 1e-4;
        for (int entry = 0; entry < weights.values().length; entry++) {
            double here = weights.values()[entry];
            weights.values()[entry] = here + step;
            double above = sum(blocks(Split.TRAIN), weights, List.of(loss)).cost(Split.TRAIN, 0);
            weights.values()[entry] = here - step;
            double below = sum(blocks(Split.TRAIN), weights, List.of(loss)).cost(Split.TRAIN, 0);
            weights.values()[entry] = here;
            assertEquals((above - below) / (2 * step), sum.meanGradient()[entry], 1e-8, "entry " + entry);
        }
    }

    @Test
    void testBlocksAddToCostAndErrorsButNotToTheGradient() {
        Weights weights = randomWeights(1, 5, 300);
        GradientSum train = sum(blocks(Split.TRAIN), weights, List.of(Loss.LOGISTIC));
        List<ExampleBlock> both = new ArrayList<>(blocks(Split.TEST));
        both.addAll(blocks(Split.TRAIN));
        GradientSum sum = sum(both, weights, List.of(Loss.LOGISTIC));
        assertSameSums(weights, train, sum);
        assertEquals(train.cost(Split.TRAIN, 0), sum.cost(Split.TEST, 0));
        assertEquals(train.errors(Split.TRAIN, 0), sum.errors(Split.TEST, 0));
        assertEquals(ROWS, sum.rows(Split.TEST, 0));
    }

    @Test
    void aColumnDoesNotDependOnItsNeighbours() {
        List<Loss> losses = List.of(Loss.LOGISTIC, Loss.MSE, Loss.LOGISTIC);
        Weights together = randomWeights(3, 6, 300);
        GradientSum sum = sum(blocks(Split.TRAIN), together, losses);
        for (int run = 0; run < 3; run++) {
            Weights alone = together.keepRuns(new int[] {run});
            GradientSum single = sum(blocks(Split.TRAIN), alone, List.of(losses.get(run)));
            assertEquals(single.cost(Split.TRAIN, 0), sum.cost(Split.TRAIN, run));
            assertEquals(single.errors(Split.TRAIN, 0), sum.errors(Split.TRAIN, run));
            for (int j = 0; j <= FEATURES; j++) {
                for (int c = 0; c < CLASSES; c++) {
                    assertEquals(
                            single.meanGradient()[j * alone.stride() + c],
                            sum.meanGradient()[j * together.stride() + run * CLASSES + c]);
                }
            }
        }
    }

    @Property(tries = 50)
    void orderAndGroupingOfBlocksAreIrrelevant(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int parts) {
        Weights weights = randomWeights(2, 7, 300);
        List<Loss> losses = List.of(Loss.LOGISTIC, Loss.MSE);
        List<ExampleBlock> blocks = new ArrayList<>(blocks(Split.TRAIN));
        blocks.addAll(blocks(Split.TEST));
        GradientSum expected = sum(blocks, weights, losses);
        Collections.shuffle(blocks, new Random(seed));
        GradientSum merged = sum(List.of(), weights, losses);
        for (int part = 0; part < parts; part++) {
            List<ExampleBlock> some = new ArrayList<>();
            for (int i = part; i < blocks.size(); i += parts) {
                some.add(blocks.get(i));
            }
            merged.merge(sum(some, weights, losses));
        }
        assertSameSums(weights, expected, merged);
    }

    /** Training sums equal those over the other folds alone, and validation sums those over the held-out fold. */
    @Test
    void aHeldOutFoldCountsOnlyInValidation() {
        Folds folds = new Folds(3, 1);
        List<ExampleBlock> parts = TestBlocks.divide(blocks(Split.TRAIN), folds);
        List<Loss> losses = List.of(Loss.LOGISTIC, Loss.MSE);
        List<Objective> objectives = new ArrayList<>(Objective.of(losses));
        for (int fold = 0; fold < folds.count(); fold++) {
            for (Loss loss : losses) {
                objectives.add(new Objective(loss, fold));
            }
        }
        Weights two = randomWeights(2, 5, 0.5);
        Weights all = Weights.of(IntStream.range(0, objectives.size())
                .mapToObj(run -> two.run(run % 2))
                .toList());
        GradientSum together = sumOf(parts, all, objectives);
        for (int run = 0; run < objectives.size(); run++) {
            int heldOut = objectives.get(run).heldOutFold();
            GradientSum others =
                    sum(parts.stream().filter(part -> part.fold() != heldOut).toList(), two, losses);
            assertEquals(others.metrics(Split.TRAIN, run % 2), together.metrics(Split.TRAIN, run));
            for (int j = 0; j <= FEATURES; j++) {
                for (int c = 0; c < CLASSES; c++) {
                    assertEquals(
                            others.meanGradient()[j * two.stride() + run % 2 * CLASSES + c],
                            together.meanGradient()[j * all.stride() + run * CLASSES + c]);
                }
            }
            if (heldOut == Objective.NONE) {
                assertEquals(0, together.rows(Split.VALIDATION, run));
                assertTrue(Double.isNaN(together.cost(Split.VALIDATION, run)));
            } else {
                GradientSum own = sum(
                        parts.stream().filter(part -> part.fold() == heldOut).toList(), two, losses);
                assertEquals(own.metrics(Split.TRAIN, run % 2), together.metrics(Split.VALIDATION, run));
            }
        }
    }

    @Test
    void theFirstClassWinsATie() {
        GradientSum sum = sum(blocks(Split.TRAIN), new Weights(FEATURES, CLASSES, 1), List.of(Loss.LOGISTIC));
        long notFirst = 0;
        for (int label : labels) {
            notFirst += label == 0 ? 0 : 1;
        }
        assertEquals(notFirst, sum.errors(Split.TRAIN, 0));
        assertEquals(CLASSES * Math.log(2), sum.cost(Split.TRAIN, 0), 1e-14);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void nanWeightsCountAsDiverged(Loss loss) {
        Weights weights = randomWeights(2, 8, 300);
        weights.values()[4 * weights.stride() + 1] = Double.NaN;
        GradientSum sum = sum(blocks(Split.TRAIN), weights, List.of(loss, loss));
        assertTrue(sum.diverged(0));
        assertTrue(!sum.diverged(1));
        assertEquals(Double.POSITIVE_INFINITY, sum.cost(Split.TRAIN, 0));
    }

    @Test
    void confidentAndRightCostsLittleButNotNothing() {
        double[][] ones = {{1}, {1}};
        Weights weights = new Weights(1, 2, 1);
        weights.values()[0] = 100;
        weights.values()[1] = -100;
        List<ExampleBlock> blocks = TestBlocks.pack(Split.TRAIN, 1, 2, FeatureScaling.NONE, ones, new int[] {0, 0});
        GradientSum sum = sum(blocks, weights, List.of(Loss.LOGISTIC));
        assertTrue(sum.cost(Split.TRAIN, 0) < 1e-15);
        weights.values()[0] = 20;
        weights.values()[1] = -20;
        double cost = sum(blocks, weights, List.of(Loss.LOGISTIC)).cost(Split.TRAIN, 0);
        assertEquals(2 * Math.log1p(Math.exp(-20)), cost, 1e-17);
    }

    private List<ExampleBlock> blocks(Split split) {
        return TestBlocks.pack(split, FEATURES, CLASSES, FeatureScaling.PIXEL, rows, labels);
    }

    private static Weights randomWeights(int runs, long seed, double size) {
        Weights weights = new Weights(FEATURES, CLASSES, runs);
        Random random = new Random(seed);
        for (int i = 0; i < weights.values().length; i++) {
            weights.values()[i] = size * random.nextGaussian();
        }
        return weights;
    }

    private GradientSum sum(List<ExampleBlock> blocks, Weights weights, List<Loss> losses) {
        return sumOf(blocks, weights, Objective.of(losses));
    }

    private GradientSum sumOf(List<ExampleBlock> blocks, Weights weights, List<Objective> objectives) {
        GradientKernel kernel = choice().kernel(weights, objectives, FixedPointGrid.forData(2 * ROWS, 1));
        blocks.forEach(kernel::add);
        return kernel.finish();
    }

    private static void assertSameSums(Weights weights, GradientSum expected, GradientSum actual) {
        for (int run = 0; run < weights.runs(); run++) {
            assertEquals(expected.cost(Split.TRAIN, run), actual.cost(Split.TRAIN, run));
            assertEquals(expected.errors(Split.TRAIN, run), actual.errors(Split.TRAIN, run));
        }
        for (int entry = 0; entry < weights.values().length; entry++) {
            assertEquals(expected.meanGradient()[entry], actual.meanGradient()[entry]);
        }
    }

    private double z(Weights weights, int row, int c) {
        double z = weights.get(FEATURES, c);
        for (int j = 0; j < FEATURES; j++) {
            z += SCALE * rows[row][j] * weights.get(j, c);
        }
        return z;
    }

    private double naiveCost(Weights weights, Loss loss) {
        double cost = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int c = 0; c < CLASSES; c++) {
                double z = z(weights, i, c);
                double t = labels[i] == c ? 1 : 0;
                double s = 1 / (1 + Math.exp(-z));
                cost += loss == Loss.LOGISTIC ? Math.log1p(Math.exp(z)) - t * z : (s - t) * (s - t) / 2;
            }
        }
        return cost / ROWS;
    }

    private long naiveErrors(Weights weights) {
        long errors = 0;
        for (int i = 0; i < ROWS; i++) {
            int best = 0;
            for (int c = 1; c < CLASSES; c++) {
                best = z(weights, i, c) > z(weights, i, best) ? c : best;
            }
            errors += best == labels[i] ? 0 : 1;
        }
        return errors;
    }

    private double[] naiveGradient(Weights weights, Loss loss, double[] classWeights) {
        double[] gradient = new double[(FEATURES + 1) * CLASSES];
        for (int i = 0; i < ROWS; i++) {
            for (int c = 0; c < CLASSES; c++) {
                double t = labels[i] == c ? 1 : 0;
                double s = 1 / (1 + Math.exp(-z(weights, i, c)));
                double delta = (loss == Loss.LOGISTIC ? s - t : (s - t) * s * (1 - s)) * classWeights[labels[i]];
                for (int j = 0; j < FEATURES; j++) {
                    gradient[j * CLASSES + c] += delta * SCALE * rows[i][j] / ROWS;
                }
                gradient[FEATURES * CLASSES + c] += delta / ROWS;
            }
        }
        return gradient;
    }
}
