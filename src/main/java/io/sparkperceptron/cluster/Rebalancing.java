package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals cached blocks out anew when executors have come, or have gone for good: blocks stay where they are, so that an executor that
 * comes later would get no work, and the others would be left with what one has had that went. It is done where the epochs that are left
 * gain more by it than it takes, by what reading the data has taken. No bit changes.
 */
public final class Rebalancing implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(Rebalancing.class);
    /** So long a change has to last. One that is lost is often replaced within a second or two. */
    private static final long QUIET_NANOS = 5_000_000_000L;

    private final JavaSparkContext spark;
    private final CachedBlocks data;
    private final int epochs;
    /** Whether there is a partition for each task that runs at once; else somebody has chosen their number. */
    private final boolean follows;
    /** The tasks at once that the blocks are dealt out for. */
    private int dealtFor;

    private int seen;
    private long seenAt;
    private double kernelSeconds;

    /**
     * For one training.
     *
     * @param epochs the last epoch's number
     */
    public Rebalancing(JavaSparkContext spark, CachedBlocks data, int epochs) {
        this.spark = spark;
        this.data = data;
        this.epochs = epochs;
        this.dealtFor = TaskSlots.now(spark.sc());
        this.follows = data.partitions() == Math.min(dealtFor, data.mostPartitions());
        this.seen = dealtFor;
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (spark.sc().isLocal()) {
            return;
        }
        int slots = TaskSlots.now(spark.sc());
        if (slots != seen) {
            seen = slots;
            seenAt = System.nanoTime();
        }
        if (slots > 0 && slots != dealtFor && System.nanoTime() - seenAt >= QUIET_NANOS) {
            int left = epochs - state.epoch() + 1;
            double gain = left * kernelSeconds * gain(data.partitions(), dealtFor, slots);
            if (gain > data.secondsToRead()) {
                deal(slots);
            }
        }
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        kernelSeconds = metrics.get(0).time().kernel();
    }

    /** The part of the kernels' time that is saved by dealing so many partitions out for {@code slots} tasks at once. */
    static double gain(int partitions, int dealtFor, int slots) {
        if (slots > dealtFor) {
            return 1 - (double) dealtFor / slots;
        }
        // Some of those that are left have one partition more to sum than others.
        int rounds = (partitions + slots - 1) / slots;
        return 1 - (double) partitions / slots / rounds;
    }

    private void deal(int slots) {
        int partitions = follows ? Math.min(slots, data.mostPartitions()) : data.partitions();
        long started = System.nanoTime();
        try {
            spark.setJobDescription("dealing the blocks out for " + slots + " tasks at once");
            data.dealOut(partitions);
            LOG.info(
                    "Executors now run {} tasks at once instead of {}: dealt the data out anew, in {} partitions, in {} s",
                    slots,
                    dealtFor,
                    partitions,
                    Math.round((System.nanoTime() - started) / 1e8) / 10.0);
        } catch (UserException e) {
            LOG.warn("The data could not be dealt out anew, and stay where they are: {}", e.getMessage());
        }
        dealtFor = slots;
    }
}
