package io.sparkperceptron.cluster;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.StepKernel;
import io.sparkperceptron.gradient.StepSum;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.spark.Rdds;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** One pass over the training rows that measures a trial step of some runs. */
public final class ClusterSteps {

    private ClusterSteps() {}

    /**
     * The sum over all training rows of {@code data}, in one Spark job; see {@link StepKernel}.
     *
     * @param about the approximate number of rows in the sample
     */
    public static StepSum of(
            CachedBlocks data, KernelChoice wanted, Weights both, List<Loss> losses, double[] rates, int about) {
        JavaRDD<ExampleBlock> blocks = data.blocks(Split.TRAIN);
        ClassWeights classWeights = data.classWeights();
        FixedPointGrid grid = data.grid();
        KernelChoice kernel = data.kernel(wanted);
        double share = about / (double) data.rows(Split.TRAIN);
        StepSum sum = BlockRdds.sending(
                blocks,
                data.factors().times(both),
                weights -> Rdds.reduce(
                        blocks,
                        part -> {
                            StepKernel steps =
                                    new StepKernel(weights.value(), losses, rates, classWeights, grid, kernel, share);
                            part.forEachRemaining(steps::add);
                            return steps.finish();
                        },
                        StepSum::merge));
        data.totals().requireSame(Split.TRAIN, sum.hash());
        return sum;
    }
}
