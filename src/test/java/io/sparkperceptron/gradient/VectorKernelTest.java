package io.sparkperceptron.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("vector")
@net.jqwik.api.Tag("vector")
class VectorKernelTest extends KernelContract {

    @Override
    KernelChoice choice() {
        return KernelChoice.VECTOR;
    }

    @Test
    void isChosenIfTheModuleIsPresent() {
        assertTrue(KernelChoice.AUTO.description().startsWith("vector, "), KernelChoice.AUTO.description());
    }

    @Property(tries = 150)
    void givesTheBitsOfTheScalarKernel(
            @ForAll @IntRange(min = 1, max = 60) int features,
            @ForAll @IntRange(min = 2, max = 12) int classes,
            @ForAll @IntRange(min = 1, max = 8) int runs,
            @ForAll @IntRange(min = 1, max = 400) int rows,
            @ForAll @IntRange(min = 0, max = 4) int quartersFull,
            @ForAll @IntRange(min = -3, max = 3) int size) {
        double density = quartersFull / 4.0;
        List<ExampleBlock> blocks = new ArrayList<>(
                KernelDigest.blocks(Split.TRAIN, rows, features, classes, density, FeatureScaling.UNIT_NORM));
        blocks.addAll(KernelDigest.blocks(Split.TEST, 7, features, classes, density, FeatureScaling.UNIT_NORM));
        assertSameBits(
                blocks, KernelDigest.weights(features, classes, runs, Math.pow(10, size)), KernelDigest.losses(runs));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 18, 40})
    void blocksOfAnyTypeAndLengthGiveTheSameBits(int runs) {
        for (int rows : new int[] {1, 124, 125, 126, ExampleBlock.ROWS, ExampleBlock.ROWS + 1}) {
            for (boolean bytes : new boolean[] {false, true}) {
                double[][] values = TestBlocks.randomRows(rows, 90, 0.5, rows);
                for (double[] row : values) {
                    for (int j = 0; j < row.length; j++) {
                        row[j] = bytes ? Math.rint(127 * (row[j] + 1)) : (float) row[j];
                    }
                }
                List<ExampleBlock> blocks = TestBlocks.pack(
                        Split.TRAIN, 90, 10, FeatureScaling.PIXEL, values, TestBlocks.randomLabels(rows, 10, runs));
                assertSameBits(blocks, KernelDigest.weights(90, 10, runs, 0.5), KernelDigest.losses(runs));
            }
        }
    }

    @Test
    void featuresBeyond16BitsGiveTheSameBits() {
        int features = 70_001;
        double[][] rows = new double[30][features];
        Random random = new Random(1);
        for (int i = 1; i < rows.length; i++) {
            for (int k = 0; k < 20; k++) {
                rows[i][random.nextInt(features)] = random.nextGaussian();
            }
            rows[i][features - 1] = 0.5;
        }
        List<ExampleBlock> blocks = TestBlocks.pack(
                Split.TRAIN, features, 3, FeatureScaling.UNIT_NORM, rows, TestBlocks.randomLabels(30, 3, 1));
        assertSameBits(blocks, KernelDigest.weights(features, 3, 5, 1), KernelDigest.losses(5));
    }

    /** Features for several panels, and rows that are as similar as images of digits. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void imagesGiveTheSameBits(int runs) {
        double[][] rows = TestBlocks.likeImages(1100, 900, 3);
        List<ExampleBlock> blocks = new ArrayList<>(TestBlocks.pack(
                Split.TRAIN, 900, 10, FeatureScaling.PIXEL, rows, TestBlocks.randomLabels(rows.length, 10, 4)));
        blocks.add(TestBlocks.part(blocks.get(0), Split.VALIDATION));
        blocks.add(TestBlocks.part(blocks.get(0), Split.TRAIN));
        blocks.add(TestBlocks.part(blocks.get(1), Split.TEST));
        assertSameBits(blocks, KernelDigest.weights(900, 10, runs, 0.1), KernelDigest.losses(runs));
    }

    /** Some numbers of runs are large enough for whole tiles to hold a fold out. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void heldOutFoldsGiveTheSameBits(int runs) {
        List<ExampleBlock> blocks = TestBlocks.divide(
                TestBlocks.pack(
                        Split.TRAIN,
                        300,
                        10,
                        FeatureScaling.PIXEL,
                        TestBlocks.likeImages(1100, 300, 3),
                        TestBlocks.randomLabels(1100, 10, 4)),
                new Folds(4, 1));
        List<Objective> objectives = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            objectives.add(new Objective(KernelDigest.losses(runs).get(run), run % 5 - 1));
        }
        assertSameBitsOf(blocks, KernelDigest.weights(300, 10, runs, 0.1), objectives);
    }

    /** The products of tiny numbers underflow, so sums become zeros of either sign. */
    @Test
    void zerosOfEitherSignGiveTheSameBits() {
        double[] some = {0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, 1e-310, -1e-310, 1, -1};
        Random random = new Random(5);
        for (double density : new double[] {0.1, 0.5}) {
            double[][] rows = TestBlocks.randomRows(60, 40, density, 6);
            List<ExampleBlock> blocks =
                    TestBlocks.pack(Split.TRAIN, 40, 5, FeatureScaling.NONE, rows, TestBlocks.randomLabels(60, 5, 7));
            for (int i = 0; i < 40; i++) {
                Weights weights = new Weights(40, 5, 4);
                int most = i < 20 ? some.length - 2 : some.length;
                for (int at = 0; at < weights.values().length; at++) {
                    weights.values()[at] = some[random.nextInt(most)];
                }
                assertSameBits(blocks, weights, KernelDigest.losses(4));
            }
        }
    }

    /** Such a weight must not affect a row that has no entry for it. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void infiniteAndNanWeightsGiveTheSameBits(double weight) {
        List<ExampleBlock> blocks =
                new ArrayList<>(KernelDigest.blocks(Split.TRAIN, 300, 40, 6, 0.1, FeatureScaling.UNIT_NORM));
        blocks.addAll(KernelDigest.blocks(Split.TEST, 90, 40, 6, 0.1, FeatureScaling.UNIT_NORM));
        for (int at : new int[] {0, 17 * 54 + 20, 39 * 54 + 53, 40 * 54 + 30}) {
            Weights weights = KernelDigest.weights(40, 6, 9, 1);
            weights.values()[at] = weight;
            assertSameBits(blocks, weights, KernelDigest.losses(9));
        }
    }

    /** Finite weights whose scores overflow to infinity, or to NaN as the difference of two infinities. */
    @Test
    void overflowingScoresGiveTheSameBits() {
        double[][] rows = TestBlocks.randomRows(200, 30, 0.3, 8);
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= 1e200;
            }
        }
        List<ExampleBlock> blocks =
                TestBlocks.pack(Split.TRAIN, 30, 4, FeatureScaling.NONE, rows, TestBlocks.randomLabels(200, 4, 9));
        assertSameBits(blocks, KernelDigest.weights(30, 4, 5, 3e108), KernelDigest.losses(5));
    }

    /** Scores of all sizes, 36 at a time, as biases of rows without entries. */
    @Test
    void scoresOfAnySizeGiveTheSameBits() {
        List<Double> scores = new ArrayList<>(List.of(
                0.0,
                -0.0,
                Double.MIN_VALUE,
                1e-300,
                708.0,
                708.5,
                708.7,
                708.8,
                709.0,
                709.5,
                745.2,
                1e17,
                1e300,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY));
        Random random = new Random(2);
        while (scores.size() < 20_000) {
            scores.add(random.nextInt(2) == 0 ? 750 * random.nextDouble() : 40 * random.nextDouble());
        }
        List<ExampleBlock> blocks =
                TestBlocks.pack(Split.TRAIN, 1, 9, FeatureScaling.NONE, new double[3][1], new int[] {0, 4, 8});
        for (int from = 0; from + 18 <= scores.size(); from += 18) {
            Weights weights = new Weights(1, 9, 4);
            for (int p = 0; p < 36; p++) {
                weights.values()[36 + p] = (p % 2 == 0 ? 1 : -1) * scores.get(from + p / 2);
            }
            for (Loss loss : Loss.values()) {
                assertSameBits(blocks, weights, Collections.nCopies(4, loss));
            }
        }
    }

    @Test
    void vectorsOf128BitsGiveTheSameBits() throws IOException, InterruptedException {
        assertSameBits(16);
    }

    /** If this machine's vectors are shorter, the longest ones are used. */
    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    @Tag("thorough")
    void longerVectorsGiveTheSameBits(int bytes) throws IOException, InterruptedException {
        assertSameBits(bytes);
    }

    private static void assertSameBits(int bytes) throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-XX:MaxVectorSize=" + bytes,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KernelDigest.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, jvm.waitFor());
        int most = Integer.parseInt(KernelChoice.VECTOR.description().replaceAll("\\D", ""));
        assertEquals(
                "vector, " + Math.min(bytes / Double.BYTES, most) + " lanes: "
                        + KernelDigest.ofFixedProblem(KernelChoice.SCALAR, false),
                printed);
    }

    /** Also tests blocks that are kept in pairs. */
    private static void assertSameBits(List<ExampleBlock> blocks, Weights weights, List<Loss> losses) {
        assertSameBitsOf(blocks, weights, Objective.of(losses));
    }

    private static void assertSameBitsOf(List<ExampleBlock> blocks, Weights weights, List<Objective> objectives) {
        String expected = KernelDigest.of(KernelChoice.SCALAR, blocks, weights, objectives);
        assertEquals(expected, KernelDigest.of(KernelChoice.VECTOR, blocks, weights, objectives));
        List<Double> scores = scores(KernelChoice.SCALAR, blocks, weights);
        assertEquals(scores, scores(KernelChoice.VECTOR, blocks, weights));
        KernelDigest.pair(blocks);
        assertEquals(expected, KernelDigest.of(KernelChoice.VECTOR, blocks, weights, objectives));
        assertEquals(scores, scores(KernelChoice.VECTOR, blocks, weights));
    }

    /** All scores, with -0 replaced by +0. */
    private static List<Double> scores(KernelChoice kernel, List<ExampleBlock> blocks, Weights weights) {
        RowScores scores = kernel.scores(weights);
        List<Double> all = new ArrayList<>();
        for (ExampleBlock block : blocks) {
            for (int row = 0; row < block.rows(); row++) {
                scores.score(block, row);
                for (int column = 0; column < weights.columns(); column++) {
                    all.add(scores.z(column) + 0.0);
                }
            }
        }
        return all;
    }
}
