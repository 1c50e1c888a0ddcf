package io.sparkperceptron;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientKernel;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.GradientFunction;
import java.util.ArrayList;
import java.util.List;

/** The pass over random blocks in memory, the same for training and test set. */
public final class MemoryGradient implements GradientFunction {

    public static final int FEATURES = 5;
    public static final int CLASSES = 3;
    public static final int ROWS = 600;

    private final List<ExampleBlock> blocks;

    /** Random blocks in which this fraction of the features is not zero. */
    public MemoryGradient(double density) {
        double[][] rows = TestBlocks.randomRows(ROWS, FEATURES, density, 1);
        int[] labels = TestBlocks.randomLabels(ROWS, CLASSES, 2);
        blocks = new ArrayList<>(TestBlocks.pack(Split.TRAIN, FEATURES, CLASSES, FeatureScaling.NONE, rows, labels));
        blocks.addAll(TestBlocks.pack(Split.TEST, FEATURES, CLASSES, FeatureScaling.NONE, rows, labels));
    }

    @Override
    public GradientSum at(Weights weights, List<Objective> objectives) {
        GradientKernel kernel = KernelChoice.AUTO.kernel(weights, objectives, FixedPointGrid.forData(2 * ROWS, 1));
        blocks.forEach(kernel::add);
        return kernel.finish();
    }
}
