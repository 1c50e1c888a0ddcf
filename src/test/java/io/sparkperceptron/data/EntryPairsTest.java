package io.sparkperceptron.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.model.FeatureScaling;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EntryPairsTest {

    @Property(tries = 100)
    void holdEveryEntryInAscendingOrder(
            @ForAll @IntRange(min = 1, max = 1000) int rows,
            @ForAll @IntRange(min = 1, max = 1200) int features,
            @ForAll @IntRange(min = 0, max = 4) int quartersFull,
            @ForAll boolean bytes) {
        double[][] values = TestBlocks.randomRows(rows, features, quartersFull / 4.0, rows);
        if (bytes) {
            for (double[] row : values) {
                for (int j = 0; j < features; j++) {
                    row[j] = Math.rint(255 * Math.abs(row[j]));
                }
            }
        }
        ExampleBlock block = block(values);
        assertHolds(values, block.rowPairs());
        double[][] transposed = new double[features][rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < features; j++) {
                transposed[j][i] = values[i][j];
            }
        }
        assertHolds(transposed, block.featurePairs());
        assertTrue(!bytes || block.rowPairs().values() == null);
    }

    @Test
    void featuresBeyondSixteenBitsAreHeldToo() {
        double[][] values = new double[3][70_000];
        for (int j : new int[] {0, 3, 65_535, 65_536, 69_999}) {
            values[0][j] = 1 + j % 7;
            values[2][j] = 1 + j % 9;
        }
        values[1][65_537] = 9;
        assertHolds(values, block(values).rowPairs());
    }

    @Test
    void likeRowsArePairedAndKeptFromTheSecondPassOn() {
        Random random = new Random(1);
        double[][] values = new double[40][300];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < 10; j++) {
                values[i][i % 20 * 15 + j] = 1 + random.nextInt(9);
            }
        }
        ExampleBlock block = block(values);
        EntryPairs first = block.rowPairs();
        assertHolds(values, first);
        assertEquals(400, first.entries().length);
        EntryPairs pairs = block.rowPairs();
        assertHolds(values, pairs);
        assertEquals(20, pairs.pairs());
        assertEquals(200, pairs.entries().length);
        assertSame(pairs, block.rowPairs());
    }

    private static ExampleBlock block(double[][] rows) {
        return TestBlocks.pack(Split.TRAIN, rows[0].length, 2, FeatureScaling.NONE, rows, new int[rows.length])
                .get(0);
    }

    private static void assertHolds(double[][] matrix, EntryPairs pairs) {
        double[][] held = new double[matrix.length + 1][matrix[0].length];
        int[] last = new int[matrix.length + 1];
        for (int panel = 0; panel < pairs.panels(); panel++) {
            for (int pair = 0; pair < pairs.pairs(); pair++) {
                int start = panel * pairs.pairs() + pair;
                for (int k = pairs.starts()[start]; k < pairs.starts()[start + 1]; k++) {
                    for (boolean second : new boolean[] {false, true}) {
                        int line = pairs.lines()[2 * pair + (second ? 1 : 0)];
                        // A missing line has no entries of its own.
                        assertTrue(line == matrix.length || pairs.number(k) + 1 > last[line]);
                        last[line] = pairs.number(k) + 1;
                        held[line][pairs.number(k)] = pairs.value(k, second);
                    }
                }
            }
        }
        for (int line = 0; line <= matrix.length; line++) {
            for (int number = 0; number < matrix[0].length; number++) {
                assertEquals(line < matrix.length ? matrix[line][number] : 0, held[line][number]);
            }
        }
    }
}
