package io.sparkperceptron.data;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vectors;

/** Blocks without Spark. */
public final class TestBlocks {

    private TestBlocks() {}

    /** The blocks of dense rows. */
    public static List<ExampleBlock> pack(
            Split split, int features, int classes, FeatureScaling scaling, double[][] rows, int[] labels) {
        return pack(split, features, classes, scaling, rows, labels, i -> 1);
    }

    /** The blocks of dense rows, each with a weight by its number. */
    public static List<ExampleBlock> pack(
            Split split,
            int features,
            int classes,
            FeatureScaling scaling,
            double[][] rows,
            int[] labels,
            IntToDoubleFunction weights) {
        List<LabeledPoint> points = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            points.add(new WeightedPoint(labels[i], Vectors.dense(rows[i]), weights.applyAsDouble(i)));
        }
        List<ExampleBlock> blocks = new ArrayList<>();
        new BlockPacker(split, features, ClassLabels.upTo(classes), scaling)
                .pack(points.iterator(), 0)
                .forEachRemaining(blocks::add);
        return blocks;
    }

    /** Every third row of a block, as if held out. */
    public static ExampleBlock part(ExampleBlock block, Split split) {
        BitSet rows = new BitSet();
        for (int row = 0; row < block.rows(); row += 3) {
            rows.set(row);
        }
        return block.part(split, ExampleBlock.NO_FOLD, rows);
    }

    /** The blocks divided by folds. */
    public static List<ExampleBlock> divide(List<ExampleBlock> blocks, Folds folds) {
        return blocks.stream().flatMap(block -> folds.divide(block).stream()).toList();
    }

    /** Rows of numbers from -1 to 1, of which about the fraction {@code density} is not zero. */
    public static double[][] randomRows(int rows, int features, double density, long seed) {
        Random random = new Random(seed);
        double[][] values = new double[rows][features];
        for (double[] row : values) {
            for (int j = 0; j < features; j++) {
                row[j] = random.nextDouble() < density ? 2 * random.nextDouble() - 1 : 0;
            }
        }
        return values;
    }

    /** Rows of bytes of ten kinds; rows of one kind are similar. */
    public static double[][] likeImages(int rows, int features, long seed) {
        Random random = new Random(seed);
        double[][] values = new double[rows][features];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < features; j++) {
                boolean ink = (j + 97 * (i % 10)) % 300 < 90;
                values[i][j] = random.nextInt(20) < (ink ? 17 : 1) ? random.nextInt(256) : 0;
            }
        }
        return values;
    }

    public static int[] randomLabels(int rows, int classes, long seed) {
        return new Random(seed).ints(rows, 0, classes).toArray();
    }
}
