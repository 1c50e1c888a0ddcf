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
    /** The tasks at once among which the blocks lie: the fewest since they were dealt out. */
    private int held;

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
        this.held = Math.max(1, TaskSlots.now(spark.sc()));
        this.follows = data.partitions() == Math.min(held, data.mostPartitions());
        this.seen = held;
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (spark.sc().isLocal()) {
            return;
        }
        int slots = Math.max(1, TaskSlots.now(spark.sc()));
        if (slots != seen) {
            seen = slots;
            seenAt = System.nanoTime();
        }
        // What was on an executor that is lost is read again by those that are left, and stays there.
        held = Math.min(held, slots);
        int wanted = follows ? Math.min(slots, data.mostPartitions()) : data.partitions();
        double gain = gain(data.partitions(), held, wanted, slots);
        if (gain > 0
                && System.nanoTime() - seenAt >= QUIET_NANOS
                && gain * kernelSeconds * (epochs - state.epoch() + 1) > data.secondsToRead()) {
            deal(wanted, slots);
        }
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        kernelSeconds = metrics.get(0).time().kernel();
    }

    /**
     * The part of the kernels' time that is saved, if it can be.
     *
     * @param partitions that there are
     * @param held the tasks at once that sum them
     * @param wanted the number of partitions that they would be dealt out in
     * @param slots the tasks at once that would sum these
     */
    static double gain(int partitions, int held, int wanted, int slots) {
        return 1 - time(wanted, slots) / time(partitions, held);
    }

    /** All data taking 1 in a single task. */
    private static double time(int partitions, int slots) {
        int rounds = (partitions + slots - 1) / slots;
        return (double) rounds / partitions;
    }

    private void deal(int partitions, int slots) {
        long started = System.nanoTime();
        try {
            spark.setJobDescription("dealing the blocks out for " + slots + " tasks at once");
            data.dealOut(partitions);
            LOG.info(
                    "Executors now run {} task(s) at once; until now {} had all the data: dealt out anew, in {} partition(s), in {} s",
                    slots,
                    held,
                    partitions,
                    Math.round((System.nanoTime() - started) / 1e8) / 10.0);
        } catch (UserException e) {
            LOG.warn("The data could not be dealt out anew, and stay where they are: {}", e.getMessage());
        }
        held = slots;
    }
}
