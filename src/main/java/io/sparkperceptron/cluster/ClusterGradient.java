package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.ExampleBlock;
import io.sparkperceptron.data.SparkFailures;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientKernel;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.ScalarKernel;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.GradientFunction;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** One pass over the cached blocks as one Spark job: broadcast the weights, sum, merge, destroy the broadcast. */
public final class ClusterGradient implements GradientFunction {

    private final CachedBlocks data;
    private final FixedPointGrid grid;

    public ClusterGradient(CachedBlocks data) {
        this.data = data;
        this.grid = data.grid();
    }

    @Override
    public GradientSum at(Weights weights, List<Loss> losses) {
        FixedPointGrid grid = this.grid;
        List<Loss> copy = List.copyOf(losses);
        Broadcast<Weights> broadcast =
                JavaSparkContext.fromSparkContext(data.blocks().context()).broadcast(weights);
        try {
            GradientSum sum = SparkFailures.unwrap(() -> data.blocks()
                    .mapPartitions(blocks -> sum(blocks, broadcast.value(), copy, grid))
                    .reduce(GradientSum::merge));
            requireAllRows(sum);
            return sum;
        } finally {
            broadcast.destroy();
        }
    }

    private static Iterator<GradientSum> sum(
            Iterator<ExampleBlock> blocks, Weights weights, List<Loss> losses, FixedPointGrid grid) {
        GradientKernel kernel = new ScalarKernel(weights, losses);
        GradientSum sum = new GradientSum(weights, grid);
        while (blocks.hasNext()) {
            kernel.add(blocks.next(), sum);
        }
        return List.of(sum).iterator();
    }

    /** Files that change while they are trained on, and are read again after an executor was lost, are found here. */
    private void requireAllRows(GradientSum sum) {
        for (Split split : Split.values()) {
            if (sum.rows(split) != data.summary(split).rows()) {
                throw new UserException("Expected " + data.summary(split).rows() + " rows in the pass, found "
                        + sum.rows(split) + "; did the files change?");
            }
        }
    }
}
