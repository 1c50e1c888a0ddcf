package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.ExampleBlock;
import io.sparkperceptron.data.SparkFailures;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientKernel;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.GradientFunction;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** One pass over the cached blocks as one Spark job: broadcast the weights, sum, merge, destroy the broadcast. */
public final class ClusterGradient implements GradientFunction {

    /**
     * Up to so many bytes, the sums of all tasks travel straight to the driver, which merges them as they come. Beyond, and
     * from six partitions on, tasks merge them in steps first. Straight is faster by far as long as the driver keeps up.
     */
    private static final long MOST_DIRECT_BYTES = 256L << 20;

    private final CachedBlocks data;
    private final KernelChoice kernel;
    private final FixedPointGrid grid;
    private final long mostDirectBytes;

    public ClusterGradient(CachedBlocks data, KernelChoice kernel) {
        this(data, kernel, MOST_DIRECT_BYTES);
    }

    ClusterGradient(CachedBlocks data, KernelChoice kernel, long mostDirectBytes) {
        this.data = data;
        this.kernel = kernel;
        this.grid = data.grid();
        this.mostDirectBytes = mostDirectBytes;
    }

    @Override
    public GradientSum at(Weights weights, List<Loss> losses) {
        KernelChoice kernel = this.kernel;
        FixedPointGrid grid = this.grid;
        List<Loss> copy = List.copyOf(losses);
        Broadcast<Weights> broadcast =
                JavaSparkContext.fromSparkContext(data.blocks().context()).broadcast(weights);
        try {
            JavaRDD<GradientSum> sums =
                    data.blocks().mapPartitions(blocks -> sum(blocks, kernel, broadcast.value(), copy, grid));
            long bytes = (long) Double.BYTES * weights.values().length * data.partitions();
            GradientSum sum = SparkFailures.unwrap(() ->
                    bytes > mostDirectBytes ? sums.treeReduce(GradientSum::merge) : sums.reduce(GradientSum::merge));
            requireAllRows(sum);
            return sum;
        } finally {
            broadcast.destroy();
        }
    }

    @Override
    public int parallelism() {
        return Math.min(data.partitions(), data.blocks().context().defaultParallelism());
    }

    private static Iterator<GradientSum> sum(
            Iterator<ExampleBlock> blocks,
            KernelChoice choice,
            Weights weights,
            List<Loss> losses,
            FixedPointGrid grid) {
        long started = System.nanoTime();
        GradientKernel kernel = choice.kernel(weights, losses, grid);
        long nanos = System.nanoTime() - started;
        while (blocks.hasNext()) {
            // Which may have to be read or fetched first.
            ExampleBlock block = blocks.next();
            started = System.nanoTime();
            kernel.add(block);
            nanos += System.nanoTime() - started;
        }
        started = System.nanoTime();
        GradientSum sum = kernel.finish();
        sum.addKernelNanos(nanos + System.nanoTime() - started);
        return List.of(sum).iterator();
    }

    /** Files that change while they are trained on, and are read again after an executor was lost, are found here. */
    private void requireAllRows(GradientSum sum) {
        for (Split split : Split.values()) {
            if (sum.rows(split) != data.rows(split)) {
                throw new UserException("Expected " + data.rows(split) + " rows in the pass, found " + sum.rows(split)
                        + "; did the files change?");
            }
        }
    }
}
