package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.spark.Executors;
import io.sparkperceptron.spark.Rdds;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.training.GradientFunction;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass over the cached blocks as one Spark job: send the weights, sum, merge. */
public final class ClusterGradient implements GradientFunction {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterGradient.class);

    /**
     * Up to this many bytes of sums, all executors send their sums straight to the driver, which merges them as they
     * arrive. For more bytes, and at least six partitions, tasks merge them in steps first. The direct way is much
     * faster while the driver keeps up.
     */
    private static final long MOST_DIRECT_BYTES = 256L << 20;

    /**
     * Up to this many bytes, the tasks carry the weights. This saves a broadcast, because Spark broadcasts the tasks
     * anyway. But every task reads its own copy. For more bytes a broadcast, which an executor reads once, is faster.
     */
    private static final long MOST_CARRIED_BYTES = 256 << 10;

    /** The same as Spark's limit for a task. */
    private static final int MOST_TRIES = 4;

    private final CachedBlocks data;
    private final KernelChoice kernel;
    private final FixedPointGrid grid;
    /** Whether executors merge sums: not with speculation, which kills tasks that may hold the sums of other tasks. */
    private final boolean merging;

    private final long mostDirectBytes;
    private final long mostCarriedBytes;

    public ClusterGradient(CachedBlocks data, KernelChoice kernel) {
        this(data, kernel, MOST_DIRECT_BYTES, MOST_CARRIED_BYTES);
    }

    ClusterGradient(CachedBlocks data, KernelChoice kernel, long mostDirectBytes, long mostCarriedBytes) {
        this.data = data;
        this.kernel = data.kernel(kernel);
        this.grid = data.grid();
        this.merging = !data.blocks().context().conf().getBoolean("spark.speculation", false);
        this.mostDirectBytes = mostDirectBytes;
        this.mostCarriedBytes = mostCarriedBytes;
    }

    /** If the user insists on the vector kernel, runs a job that throws unless all executors have it. */
    public void requireKernel() {
        if (kernel == KernelChoice.VECTOR) {
            SparkFailures.unwrap(() -> {
                data.blocks().foreachPartition(part -> KernelChoice.VECTOR.requireUsable());
                return null;
            });
        }
    }

    @Override
    public boolean isWeighted() {
        return data.isWeighted();
    }

    @Override
    public GradientSum at(Weights weights, List<Objective> objectives) {
        Weights stored = data.factors().times(weights);
        long bytes = (long) Double.BYTES * stored.values().length;
        GradientSum sum = bytes <= mostCarriedBytes
                ? pass(task(objectives, stored, null), bytes)
                : BlockRdds.sending(data.blocks(), stored, sent -> pass(task(objectives, null, sent), bytes));
        data.totals().requireSame(sum);
        return sum.withFactors(data.factors());
    }

    private PassTask task(List<Objective> objectives, Weights weights, Broadcast<Weights> broadcast) {
        return new PassTask(new PassTask.Inputs(
                kernel,
                grid,
                data.keepsPairs(),
                merging,
                List.copyOf(objectives),
                data.classWeights(),
                weights,
                broadcast));
    }

    /** Makes one pass. The sum of each partition takes {@code bytes}. */
    private GradientSum pass(PassTask task, long bytes) {
        // Read once, because another training on the same data may redistribute the blocks meanwhile.
        JavaRDD<ExampleBlock> blocks = data.blocks();
        return SparkFailures.unwrap(() -> tooManyForTheDriver(bytes, blocks)
                ? blocks.mapPartitions(part -> List.of(task.sum(part)).iterator())
                        .treeReduce(GradientSum::merge)
                : direct(task, blocks));
    }

    /**
     * Whether too many sums of {@code bytes} each would reach the driver. Tasks that run at once on an executor send
     * one sum. If even a sum from every partition is few enough, this does not ask Spark for executors.
     */
    private boolean tooManyForTheDriver(long bytes, JavaRDD<ExampleBlock> blocks) {
        int partitions = blocks.getNumPartitions();
        if (!merging || bytes * partitions <= mostDirectBytes) {
            return bytes * partitions > mostDirectBytes;
        }
        Executors executors = Executors.of(blocks.context());
        return bytes * Math.min(partitions, executors.number() * executors.rounds(partitions)) > mostDirectBytes;
    }

    private GradientSum direct(PassTask task, JavaRDD<ExampleBlock> blocks) {
        int partitions = blocks.getNumPartitions();
        BitSet missing = new BitSet();
        missing.set(0, partitions);
        PartitionSums all = new PartitionSums();
        int before = partitions;
        run(task, blocks, missing, all);
        for (int inVain = 0; !missing.isEmpty(); inVain = missing.cardinality() < before ? 0 : inVain + 1) {
            if (inVain == MOST_TRIES) {
                throw new UserException("Expected the sums of all " + partitions + " partitions, found none of "
                        + missing.cardinality() + " of them in " + MOST_TRIES + " tries");
            }
            LOG.info("The sums of {} partition(s) did not arrive, and are computed again", missing.cardinality());
            before = missing.cardinality();
            run(task.again(), blocks, missing, all);
        }
        return all.sum();
    }

    /** Sums the missing partitions. Modified: all gets the sums that arrive, missing loses their partitions. */
    private static void run(PassTask task, JavaRDD<ExampleBlock> blocks, BitSet missing, PartitionSums all) {
        // If a partition ran twice, its second sum may come with others. They are ignored, and computed again.
        Rdds.run(blocks, missing, task, all::add);
        missing.andNot(all.partitions());
    }

    @Override
    public int parallelism() {
        return data.parallelism();
    }
}
