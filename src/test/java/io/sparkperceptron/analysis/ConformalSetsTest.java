package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformalSetsTest {

    private static final int FOLDS = 5;

    @Test
    void aSetContainsTheClassesWithMarginsThatFewRowsExceed() {
        ConformalSets sets = new ConformalSets(new double[][] {{-1, 0, 2}, {1, 3}}, 0.5);
        // Fewer than 0.5 (5 + 1) = 3 rows may have a larger margin than a class, each by its own fold's model.
        assertArrayEquals(new int[] {0}, sets.of(fold -> new double[] {2, 1}, 2));
        assertArrayEquals(new int[] {1}, sets.of(fold -> new double[] {0, 4}, 2));
        assertArrayEquals(new int[] {}, sets.of(fold -> new double[] {0.25, 0.25}, 2));
        assertArrayEquals(
                new int[] {0, 1},
                new ConformalSets(new double[][] {{-3, -2}, {-1}}, 0.1).of(fold -> new double[] {1, 2}, 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05, 0.1, 0.2, 0.5})
    void coverageOfNewRowsIsAboutOneMinusAlpha(double alpha) {
        Random random = new Random(7);
        double[][] margins = new double[FOLDS][400];
        for (double[] fold : margins) {
            Arrays.setAll(fold, i -> HeldOutRow.margin(scores(random, 1), 1));
            Arrays.sort(fold);
        }
        ConformalSets sets = new ConformalSets(margins, alpha);
        int rows = 10_000;
        long covered = IntStream.range(0, rows)
                .filter(row -> {
                    double[] z = scores(random, 1);
                    return Arrays.stream(sets.of(fold -> z, z.length)).anyMatch(c -> c == 1);
                })
                .count();
        // Three standard deviations of the draw of 2000 margins.
        assertEquals(1 - alpha, covered / (double) rows, 3 * Math.sqrt(alpha * (1 - alpha) / 1600));
    }

    /** Three scores; the score of the label is larger by 1 on average. */
    private static double[] scores(Random random, int label) {
        return IntStream.range(0, 3)
                .mapToDouble(c -> random.nextGaussian() + (c == label ? 1 : 0))
                .toArray();
    }

    @Test
    void theGuaranteedCoverageIsALittleBelowOneMinusTwoAlpha() {
        assertEquals(0.8 - 2 * 0.8 / 401, ConformalSets.guaranteed(new double[FOLDS][400], 0.1), 1e-12);
        // With one row in each fold, the other term is smaller: the jackknife+ loses nothing.
        assertEquals(0.8, ConformalSets.guaranteed(new double[4][1], 0.1), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 2, Double.NaN})
    void refusesAlphaOutsideZeroToOne(double alpha) {
        assertThrows(IllegalArgumentException.class, () -> new ConformalSets(new double[][] {{1}}, alpha));
    }

    @Test
    void aMarginIsTheDistanceToTheBestOtherClass() {
        assertEquals(-3, HeldOutRow.margin(new double[] {1, 4, 2}, 0));
        assertEquals(2, HeldOutRow.margin(new double[] {1, 4, 2}, 1));
        assertEquals(0, HeldOutRow.margin(new double[] {5, 5}, 1));
        assertEquals(-7, HeldOutRow.margin(new double[] {-7}, 0));
    }
}
