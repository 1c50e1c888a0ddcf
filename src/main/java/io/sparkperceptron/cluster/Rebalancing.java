package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.spark.Executors;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
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
    /** So often it is looked where blocks are, and what room there is for them. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private static final int EPOCHS_TO_JUDGE = 5;

    private final JavaSparkContext spark;
    private final CachedBlocks data;
    private final int epochs;
    private Executors seen;
    private long seenAt;
    private long lookedAt;
    /** Of all tasks, in the last epochs since executors and blocks are where they are: one alone may have been slow by chance. */
    private final DescriptiveStatistics kernelSeconds = new DescriptiveStatistics(EPOCHS_TO_JUDGE);

    /** What dealing out is taken to cost: as much as reading, and then each time twice as much, for what a shuffle has written stays. */
    private double secondsToDeal;
    /** Whether dealing out has failed since executors have changed last. */
    private boolean failed;
    /** Whether blocks were dealt out since then. */
    private boolean placed;

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
        this.secondsToDeal = data.secondsToRead();
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (spark.sc().isLocal()) {
            return;
        }
        Executors executors = Executors.of(spark.sc());
        // Where all are lost, those that come next read all blocks.
        if (executors.slots() > 0) {
            consider(
                    executors,
                    System.nanoTime(),
                    epochs - state.epoch() + 1,
                    new PassTime(usualKernelSeconds(), data.mostPartitions()));
        }
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        kernelSeconds.addValue(metrics.get(0).time().kernel() * data.parallelism());
    }

    /** The median, or 0 while there are too few to judge by. */
    private double usualKernelSeconds() {
        return kernelSeconds.getN() < EPOCHS_TO_JUDGE ? 0 : kernelSeconds.getPercentile(50);
    }

    /**
     * Deals out, if it pays.
     *
     * @param now by {@link System#nanoTime}
     * @param epochsLeft that this one is among
     * @param pass of no kernels as long as theirs are not known
     */
    void consider(Executors executors, long now, int epochsLeft, PassTime pass) {
        if (!executors.equals(seen)) {
            seen = executors;
            seenAt = now;
            failed = false;
            placed = false;
            kernelSeconds.clear();
        }
        if (now - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = now;
        data.lookForRoom();
        int partitions = data.partitions();
        if (failed
                || pass.kernels() == 0
                || now - seenAt < QUIET_NANOS
                || epochsLeft * pass.with(partitions, partitions) <= secondsToDeal) {
            return;
        }
        // What Spark has made of a deal it would make again.
        int rounds = placed
                ? executors.rounds(partitions)
                : executors.rounds(data.blocks().rdd());
        int wanted = data.partitionsChosen()
                ? partitions
                : pass.bestPartitions(Math.min(mostTasks(executors), data.mostPartitions()));
        double saved = pass.with(partitions, rounds) - pass.with(wanted, executors.rounds(wanted));
        if (epochsLeft * saved > secondsToDeal) {
            deal(
                    wanted,
                    wanted < Math.min(partitions, executors.slots())
                            ? "So little work is done faster by fewer tasks"
                            : "Executors now run " + executors.slots() + " task(s) at once");
        }
    }

    /** With dynamic allocation executors come for tasks that wait: fewer partitions would keep them away. */
    private int mostTasks(Executors executors) {
        return spark.sc().conf().getBoolean("spark.dynamicAllocation.enabled", false)
                ? Math.max(executors.slots(), data.partitions())
                : executors.slots();
    }

    double secondsToDeal() {
        return secondsToDeal;
    }

    private void deal(int partitions, String reason) {
        int before = data.partitions();
        long started = System.nanoTime();
        String description = spark.getLocalProperty(DESCRIPTION);
        try {
            spark.setJobDescription("dealing the blocks out to " + partitions + " partition(s)");
            data.dealOut(partitions);
            double seconds = (System.nanoTime() - started) / 1e9;
            secondsToDeal = 2 * Math.max(secondsToDeal, seconds);
            placed = true;
            kernelSeconds.clear();
            LOG.info(
                    "{}: the data are dealt out anew, in {} partition(s) instead of {}; that took {} s",
                    reason,
                    partitions,
                    before,
                    Math.round(seconds * 10) / 10.0);
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
