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
 * Deals cached blocks out anew where they lie badly: they stay where they were read, so that an executor that comes later would get no
 * work, and the others would be left with what one has had that is lost. Also where another number of partitions is faster, unless
 * somebody has chosen it. It is done where the epochs that are left gain more by it than it takes, by what reading the data has taken.
 * No bit changes.
 */
public final class Rebalancing implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(Rebalancing.class);

    private static final String DESCRIPTION = "spark.job.description";
    /** So long executors have to stay the same. One that is lost is often replaced within a second or two. */
    static final long QUIET_NANOS = 5_000_000_000L;
    /** So often it is looked where blocks are. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final JavaSparkContext spark;
    private final CachedBlocks data;
    private final int epochs;
    private Executors seen;
    private long seenAt;
    private long lookedAt;
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
        this.seen = Executors.of(spark.sc());
        this.seenAt = System.nanoTime() - QUIET_NANOS;
        this.lookedAt = seenAt;
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (spark.sc().isLocal()) {
            return;
        }
        Executors executors = Executors.of(spark.sc());
        // Where all are lost, those that come next read all blocks.
        if (executors.slots() > 0) {
            consider(executors, System.nanoTime(), epochs - state.epoch() + 1, new PassTime(kernelSeconds));
        }
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        kernelSeconds = metrics.get(0).time().kernel() * data.parallelism();
    }

    /**
     * Deals out, if it pays.
     *
     * @param now by {@link System#nanoTime}
     * @param epochsLeft that this one is among
     */
    void consider(Executors executors, long now, int epochsLeft, PassTime pass) {
        if (!executors.equals(seen)) {
            seen = executors;
            seenAt = now;
            failed = false;
            data.executorsChanged();
        }
        if (failed
                || now - seenAt < QUIET_NANOS
                || now - lookedAt < LOOK_NANOS
                || epochsLeft * pass.kernels() <= data.secondsToDeal()) {
            return;
        }
        lookedAt = now;
        int partitions = data.partitions();
        int rounds = executors.rounds(data.blocks().rdd());
        int wanted = data.partitionsChosen()
                ? partitions
                : pass.bestPartitions(Math.min(executors.slots(), data.mostPartitions()));
        double saved = pass.with(partitions, rounds) - pass.with(wanted, executors.rounds(wanted));
        if (epochsLeft * saved > data.secondsToDeal()) {
            deal(wanted, executors.slots(), (partitions + rounds - 1) / rounds);
        }
    }

    private void deal(int partitions, int slots, int before) {
        long started = System.nanoTime();
        String description = spark.getLocalProperty(DESCRIPTION);
        try {
            spark.setJobDescription("dealing the blocks out for " + slots + " tasks at once");
            data.dealOut(partitions);
            LOG.info(
                    "Executors now run {} task(s) at once; until now {} had all the data: dealt out anew, in {} partition(s), in {} s",
                    slots,
                    before,
                    partitions,
                    Math.round((System.nanoTime() - started) / 1e8) / 10.0);
        } catch (UserException e) {
            if (SparkFailures.isCancelled(e) || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            failed = true;
            LOG.warn("The data could not be dealt out anew, and stay where they are: {}", e.getMessage());
        } finally {
            spark.setJobDescription(description);
        }
    }
}
