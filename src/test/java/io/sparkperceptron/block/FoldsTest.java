package io.sparkperceptron.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.FeatureScaling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldsTest {

    /** Expected folds are from a Python program for the formula: SplitMix64 from seed 1, and ranks of five rows. */
    @Test
    void rowsAreInTheFoldsOfTheFormula() {
        assertArrayEquals(
                new int[] {2, 3, 4, 1, 0, 2, 4, 1, 0, 3, 0, 4, 2, 3, 1, 0, 1, 3, 2, 4}, folds(new Folds(5, 1), 0, 20));
        assertArrayEquals(new int[] {1, 2, 0, 2, 0, 1, 1, 2, 0}, folds(new Folds(3, -7), 2_999_999_997L, 9));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 100})
    void eachFoldHasOneOfEveryKRows(int count) {
        Folds folds = new Folds(count, 42);
        for (long first : new long[] {0, 13L * count, 1_000_000_007L * count}) {
            int[] some = folds(folds, first, count);
            Arrays.sort(some);
            assertArrayEquals(IntStream.range(0, count).toArray(), some);
        }
    }

    /** Folds depend neither on places within K rows nor on neighbours: chi squared is below its 99.99 % point. */
    @Test
    void foldsAreIndependentOfPlacesAndNeighbours() {
        int count = 5;
        int rows = 50_000;
        int[] folds = folds(new Folds(count, 3), 0, rows);
        double[][] byPlace = new double[count][count];
        double[][] byNeighbour = new double[count][count];
        for (int row = 0; row < rows; row++) {
            byPlace[row % count][folds[row]]++;
            if (row % count == 0 && row > 0) {
                byNeighbour[folds[row - 1]][folds[row]]++;
            }
        }
        assertTrue(chiSquare(byPlace) < 46, "16 degrees of freedom: " + chiSquare(byPlace));
        assertTrue(chiSquare(byNeighbour) < 57, "24 degrees of freedom: " + chiSquare(byNeighbour));
    }

    private static double chiSquare(double[][] counts) {
        double expected =
                Arrays.stream(counts).flatMapToDouble(Arrays::stream).average().orElseThrow();
        return Arrays.stream(counts)
                .flatMapToDouble(Arrays::stream)
                .map(found -> (found - expected) * (found - expected) / expected)
                .sum();
    }

    @Test
    void seedsDiffer() {
        assertNotEquals(
                Arrays.toString(folds(new Folds(10, 1), 0, 100)), Arrays.toString(folds(new Folds(10, 2), 0, 100)));
    }

    @Test
    void refusesInvalidNumbers() {
        for (int count : new int[] {-1, 1, 101}) {
            assertEquals(
                    "expected 2 to 100 folds, got " + count,
                    assertThrows(IllegalArgumentException.class, () -> new Folds(count, 1))
                            .getMessage());
        }
        assertTrue(Folds.NONE.isNone());
        new Folds(5, 1).requireAtMost(5);
        UserException refused = assertThrows(UserException.class, () -> new Folds(5, 1).requireAtMost(4));
        assertEquals("Expected at most as many folds as training rows, 4, got 5", refused.getMessage());
        assertEquals(Optional.of(Remedy.FEWER_FOLDS), refused.remedy());
    }

    @Test
    void holdingOneFoldOutKeepsTheOtherParts() {
        Folds folds = new Folds(3, 9);
        double[][] rows = IntStream.range(1, 9).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
        ExampleBlock block = TestBlocks.pack(Split.TRAIN, 1, 2, FeatureScaling.NONE, rows, new int[rows.length])
                .get(0);
        for (Folds some : List.of(folds, new Folds(3, 9, "\2\0\1\1\0\2\2\2"))) {
            HoldOut one = HoldOut.fold(some, 1);
            List<ExampleBlock> parts = one.divide(block);
            List<ExampleBlock> all = some.divide(block);
            assertEquals(
                    List.of(Split.TRAIN, Split.VALIDATION, Split.TRAIN),
                    parts.stream().map(ExampleBlock::split).toList());
            for (int fold : new int[] {0, 2}) {
                assertEquals(all.get(fold).hash(), parts.get(fold).hash());
            }
            assertEquals(3, one.folds());
            assertFalse(one.isNone());
        }
        assertTrue(HoldOut.none().isNone());
        for (int fold : new int[] {-1, 3}) {
            assertThrows(IllegalArgumentException.class, () -> HoldOut.fold(folds, fold));
        }
    }

    @Test
    void givenFoldsApplyToTheirRows() {
        Folds given = new Folds(3, 1, "\2\0\0\1");
        assertArrayEquals(new int[] {2, 0, 0, 1}, folds(given, 0, 4));
        given.requireAtMost(4);
        UserException refused = assertThrows(UserException.class, () -> given.requireAtMost(5));
        assertEquals(
                "Expected the 4 rows whose folds were read, found 5; the data have changed, or give other rows whenever they are read",
                refused.getMessage());
    }

    private static int[] folds(Folds folds, long first, int count) {
        return IntStream.range(0, count).map(i -> folds.fold(first + i)).toArray();
    }
}
