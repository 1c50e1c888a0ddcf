package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.SparkFailures;
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
    static final long QUIET_NANOS = 5_000_000_000L;

    private final JavaSparkContext spark;
    private final CachedBlocks data;
    private final int epochs;
    private int seen;
    private long seenAt;
    /** Those of all tasks in the last epoch. */
    private double kernelSeconds;
    /** Whether dealing out has failed since executors have changed last. */
    private boolean failed;

    /**
     * For one training.
     *
     * @param epochs the last epoch's number
     */
    public Rebalancing(JavaSparkContext spark, CachedBlocks data, int epochs) {
        this.spark = spark;
        this.data = data;
        this.epochs = epochs;
        this.seen = TaskSlots.now(spark.sc());
        this.seenAt = System.nanoTime() - QUIET_NANOS;
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (spark.sc().isLocal()) {
            return;
        }
        int slots = TaskSlots.now(spark.sc());
        // Where all executors are lost, those that come next read all blocks.
        if (slots > 0) {
            consider(slots, System.nanoTime(), kernelSeconds * (epochs - state.epoch() + 1));
        }
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        kernelSeconds = metrics.get(0).time().kernel() * data.parallelism();
    }

    /**
     * Deals out, if it pays.
     *
     * @param slots the tasks that run at once now, at least 1
     * @param now by {@link System#nanoTime}
     * @param secondsLeft that the kernels of all tasks will take in all epochs that are left
     */
    void consider(int slots, long now, double secondsLeft) {
        if (slots != seen) {
            seen = slots;
            seenAt = now;
            failed = false;
        }
        Placement placement = data.placement();
        placement.atMost(slots);
        int wanted = placement.follows() ? Math.min(slots, data.mostPartitions()) : data.partitions();
        double saved = secondsLeft * (time(data.partitions(), placement.tasks()) - time(wanted, slots));
        if (!failed && now - seenAt >= QUIET_NANOS && saved > placement.secondsToDeal()) {
            deal(wanted, slots);
        }
    }

    /** The time of so many partitions of all the data, relative to that in a single task. */
    private static double time(int partitions, int slots) {
        int rounds = (partitions + slots - 1) / slots;
        return (double) rounds / partitions;
    }

    private void deal(int partitions, int slots) {
        int before = data.placement().tasks();
        long started = System.nanoTime();
        try {
            spark.setJobDescription("dealing the blocks out for " + slots + " tasks at once");
            data.dealOut(partitions, slots);
            LOG.info(
                    "Executors now run {} task(s) at once; until now {} had all the data: dealt out anew, in {} partition(s), in {} s",
                    slots,
                    before,
                    partitions,
                    Math.round((System.nanoTime() - started) / 1e8) / 10.0);
        } catch (UserException e) {
            if (SparkFailures.isCancelled(e)) {
                throw e;
            }
            failed = true;
            LOG.warn("The data could not be dealt out anew, and stay where they are: {}", e.getMessage());
        }
    }
}
