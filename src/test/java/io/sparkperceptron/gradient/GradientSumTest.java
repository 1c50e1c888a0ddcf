package io.sparkperceptron.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sums of blocks with entries for few features. */
@Tag("vector")
class GradientSumTest {

    private static final int FEATURES = 20_000;
    private static final int ROWS = 40;
    private static final Weights WEIGHTS = new Weights(FEATURES, 2, 1);
    private static final List<Objective> OBJECTIVES = List.of(Objective.of(Loss.LOGISTIC));
    private static final FixedPointGrid GRID = FixedPointGrid.forData(5 * ROWS, 1);

    @Test
    void sumsOfFewFeaturesAreSmallAndMergeWithOthersToTheSameBits() throws IOException {
        List<ExampleBlock> blocks = new ArrayList<>();
        for (int block = 0; block < 4; block++) {
            blocks.addAll(block(block, 10));
        }
        blocks.addAll(block(4, FEATURES));
        double[] expected = sum(KernelChoice.VECTOR, blocks).meanGradient();

        GradientSum merged = sum(KernelChoice.SCALAR, List.of());
        assertTrue(bytes(merged) < 5_000, bytes(merged) + " bytes of nothing");
        for (ExampleBlock block : blocks) {
            GradientSum one = sum(KernelChoice.SCALAR, List.of(block));
            assertTrue(block.present() == null || bytes(one) < 20_000, bytes(one) + " bytes");
            merged.merge(one);
            // Entries for one feature in ten, or for all features.
            assertTrue(block.present() == null || bytes(merged) < 60_000, bytes(merged) + " bytes merged");
        }
        assertArrayEquals(expected, merged.meanGradient());

        merged = sum(KernelChoice.VECTOR, blocks.subList(4, 5));
        for (ExampleBlock block : blocks.subList(0, 4)) {
            merged.merge(sum(KernelChoice.SCALAR, List.of(block)));
        }
        assertArrayEquals(expected, merged.meanGradient());
        assertEquals(5 * ROWS, merged.rows(Split.TRAIN, 0));
    }

    private static GradientSum sum(KernelChoice choice, List<ExampleBlock> blocks) {
        GradientKernel kernel = choice.kernel(WEIGHTS, OBJECTIVES, GRID);
        blocks.forEach(kernel::add);
        return kernel.finish();
    }

    private static List<ExampleBlock> block(int seed, int entries) {
        Random random = new Random(seed);
        double[][] rows = new double[ROWS][FEATURES];
        for (double[] row : rows) {
            for (int k = 0; k < entries; k++) {
                row[random.nextInt(FEATURES)] = random.nextGaussian();
            }
        }
        return TestBlocks.pack(
                Split.TRAIN, FEATURES, 2, FeatureScaling.UNIT_NORM, rows, TestBlocks.randomLabels(ROWS, 2, seed));
    }

    private static int bytes(GradientSum sum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sum);
        }
        return bytes.size();
    }
}
