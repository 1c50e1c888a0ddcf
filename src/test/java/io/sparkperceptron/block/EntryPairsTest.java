package io.sparkperceptron.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.data.TestBlocks;
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
        ExampleBlock block = paired(values);
        boolean dense = quartersFull > 1 && rows * features > 100;
        if (block.rowPairs() == null) {
            assertFalse(dense);
            return;
        }
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
    void similarRowsArePaired() {
        Random random = new Random(1);
        double[][] values = new double[40][300];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < 30; j++) {
                values[i][i % 20 * 13 + j] = 1 + random.nextInt(9);
            }
        }
        EntryPairs pairs = paired(values).rowPairs();
        assertHolds(values, pairs);
        assertEquals(600, pairs.entries().length);
    }

    @Test
    void areMadeOnTheSecondCallOnly() {
        ExampleBlock block = block(TestBlocks.randomRows(30, 20, 0.5, 1));
        block.pair();
        assertNull(block.rowPairs());
        block.pair();
        EntryPairs pairs = block.rowPairs();
        assertNotNull(pairs);
        block.pair();
        assertSame(pairs, block.rowPairs());
    }

    @Test
    void sparseBlocksAreNotPaired() {
        ExampleBlock block = paired(TestBlocks.randomRows(30, 200, 0.05, 1));
        assertNull(block.rowPairs());
        assertEquals(0, block.pairBytes());
    }

    @Test
    void estimatesTheirMemory() {
        for (int scale : new int[] {1, 3}) {
            double[][] values = TestBlocks.likeImages(1000, 784, 5);
            for (double[] row : values) {
                for (int j = 0; j < row.length; j++) {
                    row[j] /= scale;
                }
            }
            ExampleBlock block = paired(values);
            long bytes = bytes(block.rowPairs()) + bytes(block.featurePairs());
            assertEquals(1, block.pairBytes() / (double) bytes, 0.25);
        }
    }

    private static long bytes(EntryPairs pairs) {
        long ints = (long) pairs.lines().length + pairs.starts().length + pairs.entries().length;
        return Integer.BYTES * ints + (pairs.values() == null ? 0 : Double.BYTES * (long) pairs.values().length);
    }

    private static ExampleBlock paired(double[][] rows) {
        ExampleBlock block = block(rows);
        block.pair();
        block.pair();
        return block;
    }

    private static ExampleBlock block(double[][] rows) {
        return TestBlocks.pack(Split.TRAIN, rows[0].length, 2, FeatureScaling.NONE, rows, new int[rows.length])
                .get(0);
    }

    private static void assertHolds(double[][] matrix, EntryPairs pairs) {
        double[][] held = new double[matrix.length + 1][matrix[0].length];
        int[] last = new int[matrix.length + 1];
        for (int pair = 0; pair < pairs.pairs(); pair++) {
            for (int k = pairs.starts()[pair]; k < pairs.starts()[pair + 1]; k++) {
                boolean bytes = pairs.values() == null;
                int number = bytes ? pairs.entries()[k] >>> 16 : pairs.entries()[k];
                for (int side = 0; side < 2; side++) {
                    int line = pairs.lines()[2 * pair + side];
                    // A missing line has no entries of its own.
                    assertTrue(line == matrix.length || number + 1 > last[line]);
                    last[line] = number + 1;
                    held[line][number] =
                            bytes ? (pairs.entries()[k] >>> (8 * side)) & 0xFF : pairs.values()[2 * k + side];
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
