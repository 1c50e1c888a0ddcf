package io.sparkperceptron.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.BlockPacker;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleBlockTest {

    @ParameterizedTest
    @ValueSource(doubles = {1, 255, 0.5, -1, 256, 1e300, 0.1, Double.MIN_VALUE})
    void keepsEveryValueExactly(double value) {
        ExampleBlock block = single(FeatureScaling.NONE, 3, 0, value, 7);
        int[] columns = new int[2];
        double[] values = new double[2];
        assertEquals(2, block.unpack(0, 1, columns, values));
        assertArrayEquals(new int[] {1, 2}, columns);
        assertArrayEquals(new double[] {value, 7}, values);
    }

    @Test
    void takesTheNarrowestType() {
        long bytes = single(FeatureScaling.NONE, 3, 1, 255, 0).sizeInBytes();
        long floats = single(FeatureScaling.NONE, 3, 1, 0.5, 0).sizeInBytes();
        long doubles = single(FeatureScaling.NONE, 3, 1, 0.1, 0).sizeInBytes();
        assertEquals(2 * 3, floats - bytes);
        assertEquals(2 * 4, doubles - floats);
    }

    @Test
    void columnsBeyondSixteenBitsWork() {
        int features = 70_000;
        LabeledPoint point = new LabeledPoint(
                1, Vectors.sparse(features, new int[] {3, 65_535, 65_536, 69_999}, new double[] {1, 2, 3, 4}));
        ExampleBlock block =
                packer(features, FeatureScaling.NONE).packBlock(List.of(point).iterator(), 0);
        int[] columns = new int[4];
        block.unpack(0, 1, columns, new double[4]);
        assertArrayEquals(new int[] {3, 65_535, 65_536, 69_999}, columns);
    }

    @Test
    void emptyRowsHaveNoEntriesAndAFactor() {
        ExampleBlock block = single(FeatureScaling.UNIT_NORM, 3, 0, 0, 0);
        assertEquals(0, block.entries(0));
        assertEquals(1, block.factor(0));
    }

    @Test
    void unitNormSurvivesHugeAndTinyRows() {
        for (double size : new double[] {1, 1e300, 1e-300}) {
            ExampleBlock block = single(FeatureScaling.UNIT_NORM, 2, 3 * size, 4 * size);
            assertEquals(0.6, block.factor(0) * 3 * size, 1e-15);
        }
    }

    @Test
    void blocksAreCutEvery1000Rows() {
        List<ExampleBlock> blocks =
                TestBlocks.pack(Split.TRAIN, 2, 2, FeatureScaling.NONE, new double[2100][2], new int[2100]);
        assertEquals(
                List.of(1000, 1000, 100),
                blocks.stream().map(ExampleBlock::rows).toList());
        assertEquals(2000, blocks.get(2).globalRow(0));
    }

    @Test
    void partsKnowTheGlobalNumbersOfTheirRows() {
        List<ExampleBlock> blocks =
                TestBlocks.pack(Split.TRAIN, 2, 2, FeatureScaling.NONE, new double[2100][2], new int[2100]);
        BitSet rows = new BitSet();
        rows.set(3);
        rows.set(70, 73);
        ExampleBlock part = blocks.get(2).part(Split.VALIDATION, ExampleBlock.NO_FOLD, rows);
        assertEquals(
                List.of(2003L, 2070L, 2071L, 2072L),
                IntStream.range(0, part.rows()).mapToObj(part::globalRow).toList());
        BitSet second = new BitSet();
        second.set(1, 3);
        ExampleBlock partOfPart = part.part(Split.VALIDATION, ExampleBlock.NO_FOLD, second);
        assertEquals(2070, partOfPart.globalRow(0));
        assertEquals(2071, partOfPart.globalRow(1));
    }

    @Test
    void anyChangeGivesAnotherHash() {
        double[][] rows = {{0, 2, 3}, {4, 0, 0}, {0, 0, 0}};
        int[] labels = {0, 1, 1};
        ExampleBlock block = block(rows, labels, 1);
        assertEquals(block.hash(), block(rows, labels, 1).hash());
        BitSet first = new BitSet();
        first.set(0);
        BitSet second = new BitSet();
        second.set(1);
        Set<Long> hashes = new HashSet<>(List.of(
                block.hash(),
                block(new double[][] {{0, 3, 2}, {4, 0, 0}, {0, 0, 0}}, labels, 1)
                        .hash(),
                block(new double[][] {{2, 0, 3}, {4, 0, 0}, {0, 0, 0}}, labels, 1)
                        .hash(),
                block(new double[][] {{0, 2, 3}, {0, 0, 0}, {4, 0, 0}}, labels, 1)
                        .hash(),
                block(new double[][] {{0, 2, 0}, {4, 0, 3}, {0, 0, 0}}, labels, 1)
                        .hash(),
                block(new double[][] {{0, 2, 3}, {4, 0, 0}}, new int[] {0, 1}, 1)
                        .hash(),
                block(rows, new int[] {1, 0, 1}, 1).hash(),
                block(rows, labels, 2).hash(),
                packer(3, FeatureScaling.NONE)
                        .packBlock(points(rows, labels), 1)
                        .hash(),
                block.part(Split.TRAIN, ExampleBlock.NO_FOLD, first).hash(),
                block.part(Split.TRAIN, 0, first).hash(),
                block.part(Split.VALIDATION, ExampleBlock.NO_FOLD, first).hash(),
                block.part(Split.TRAIN, ExampleBlock.NO_FOLD, second).hash()));
        assertEquals(13, hashes.size());
    }

    private static ExampleBlock block(double[][] rows, int[] labels, double weight) {
        return TestBlocks.pack(Split.TRAIN, 3, 2, FeatureScaling.NONE, rows, labels, i -> weight)
                .get(0);
    }

    private static Iterator<LabeledPoint> points(double[][] rows, int[] labels) {
        return IntStream.range(0, rows.length)
                .mapToObj(row -> new LabeledPoint(labels[row], Vectors.dense(rows[row])))
                .iterator();
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, -1, 0.5, Double.NaN})
    void refusesUnknownLabels(double label) {
        Iterator<LabeledPoint> points =
                List.of(new LabeledPoint(label, Vectors.dense(1, 2))).iterator();
        String message = assertThrows(UserException.class, () -> packer(2, FeatureScaling.NONE)
                        .packBlock(points, 3))
                .getMessage();
        assertEquals("Expected a label from 0 to 1 in row 3000 of the training set, found " + label, message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesFeaturesThatAreNotFinite(double value) {
        String message = assertThrows(UserException.class, () -> single(FeatureScaling.NONE, 2, 1, value))
                .getMessage();
        assertTrue(message.contains("as feature 1 in row 0"), message);
    }

    @Test
    void refusesVectorsOfAnotherLength() {
        String message = assertThrows(UserException.class, () -> single(FeatureScaling.NONE, 3, 1, 2))
                .getMessage();
        assertEquals("Expected 3 features in row 0 of the training set, found 2", message);
    }

    private static ExampleBlock single(FeatureScaling scaling, int features, double... row) {
        LabeledPoint point = new LabeledPoint(0, Vectors.dense(row));
        return packer(features, scaling).packBlock(List.of(point).iterator(), 0);
    }

    private static BlockPacker packer(int features, FeatureScaling scaling) {
        return new BlockPacker(Split.TRAIN, features, ClassLabels.upTo(2), scaling);
    }
}
