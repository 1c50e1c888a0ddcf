package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.SparkFailures;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.GradientFunction;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** One pass over the cached blocks as one Spark job: send the weights, sum, merge. */
public final class ClusterGradient implements GradientFunction {

    /**
     * Up to so many bytes, the sums of all tasks travel straight to the driver, which merges them as they come. Beyond, and
     * from six partitions on, tasks merge them in steps first. Straight is faster by far as long as the driver keeps up.
     */
    private static final long MOST_DIRECT_BYTES = 256L << 20;

    /**
     * Up to so many bytes, the weights travel within the job's tasks, which is one broadcast less: Spark broadcasts the tasks
     * anyway. Every task reads its own copy, so that beyond a broadcast, which an executor reads once, is faster.
     */
    private static final long MOST_CARRIED_BYTES = 256 << 10;

    private final CachedBlocks data;
    private final KernelChoice kernel;
    private final FixedPointGrid grid;
    private final boolean pairs;
    private final long mostDirectBytes;
    private final long mostCarriedBytes;

    public ClusterGradient(CachedBlocks data, KernelChoice kernel) {
        this(data, kernel, MOST_DIRECT_BYTES, MOST_CARRIED_BYTES);
    }

    ClusterGradient(CachedBlocks data, KernelChoice kernel, long mostDirectBytes, long mostCarriedBytes) {
        this.data = data;
        this.kernel = data.kernel(kernel);
        this.grid = data.grid();
        this.pairs = data.pairMemory().suffices();
        this.mostDirectBytes = mostDirectBytes;
        this.mostCarriedBytes = mostCarriedBytes;
    }

    @Override
    public GradientSum at(Weights weights, List<Objective> objectives) {
        Weights stored = data.factors().times(weights);
        GradientSum sum = (long) Double.BYTES * stored.values().length <= mostCarriedBytes
                ? pass(PassTask.carrying(stored, objectives, data.classWeights(), kernel, grid, pairs), stored)
                : broadcastPass(stored, objectives);
        requireAllRows(sum);
        return sum.withFactors(data.factors());
    }

    private GradientSum broadcastPass(Weights weights, List<Objective> objectives) {
        Broadcast<Weights> broadcast =
                JavaSparkContext.fromSparkContext(data.blocks().context()).broadcast(weights);
        try {
            return pass(PassTask.fetching(broadcast, objectives, data.classWeights(), kernel, grid, pairs), weights);
        } finally {
            broadcast.destroy();
        }
    }

    private GradientSum pass(PassTask task, Weights weights) {
        long bytes = (long) Double.BYTES * weights.values().length * data.partitions();
        return SparkFailures.unwrap(() -> bytes > mostDirectBytes
                ? data.blocks()
                        .mapPartitions(blocks ->
                                List.of(task.sum(blocks::hasNext, blocks::next)).iterator())
                        .treeReduce(GradientSum::merge)
                : direct(task));
    }

    private GradientSum direct(PassTask task) {
        Merger merger = new Merger();
        data.blocks().context().runJob(data.blocks().rdd(), task, merger, ClassTag$.MODULE$.apply(GradientSum.class));
        return merger.sum;
    }

    @Override
    public int parallelism() {
        return Math.min(data.partitions(), data.blocks().context().defaultParallelism());
    }

    /** Files that change while they are trained on, and are read again after an executor was lost, are found here. */
    private void requireAllRows(GradientSum sum) {
        requireRows(
                data.rows(Split.TRAIN) + data.rows(Split.VALIDATION),
                sum.rows(Split.TRAIN, 0) + sum.rows(Split.VALIDATION, 0));
        requireRows(data.rows(Split.TEST), sum.rows(Split.TEST, 0));
    }

    private static void requireRows(long expected, long found) {
        if (found != expected) {
            throw new UserException(
                    "Expected " + expected + " rows in the pass, found " + found + "; did the files change?");
        }
    }

    /** Merges sums as they come; Spark sees to it that they come one at a time, and each partition's once. */
    private static final class Merger extends AbstractFunction2<Object, GradientSum, BoxedUnit> {

        private GradientSum sum;

        @Override
        public BoxedUnit apply(Object partition, GradientSum next) {
            sum = sum == null ? next : sum.merge(next);
            return BoxedUnit.UNIT;
        }
    }
}
