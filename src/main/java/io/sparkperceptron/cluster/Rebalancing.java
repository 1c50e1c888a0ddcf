package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.spark.Executors;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redistributes cached blocks across the executors. Without this, blocks stay where they were read: a new executor gets
 * no work, and the others keep the blocks of a lost one. Also changes the number of partitions if another is faster and
 * the user chose none. Acts only if the remaining epochs gain more time than redistribution takes, estimated by the
 * time to read the data. Results keep the same bits.
 */
public final class Rebalancing implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(Rebalancing.class);

    private static final String DESCRIPTION = "spark.job.description";
    /** Wait until executors have not changed for this long: a lost one is often replaced within two seconds. */
    static final long QUIET_NANOS = 5_000_000_000L;
    /** The shortest pause between two looks at the blocks and their memory. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private static final int EPOCHS_TO_JUDGE = 5;

    /**
     * A model of the seconds that a pass takes. The driver launches tasks one after the other. Executors run them in
     * parallel, in rounds if there are more tasks than they run at once.
     *
     * @param kernels the seconds of all tasks' kernels together; 0 if unknown
     * @param blocks the number of blocks in all partitions
     */
    record PassTime(double kernels, int blocks) {

        /** The driver's seconds for each task. Measured: see speed.md. */
        private static final double SECONDS_PER_TASK = 0.5e-3;

        double with(int partitions, int rounds) {
            return SECONDS_PER_TASK * partitions + kernels * rounds * Executors.ceil(blocks, partitions) / blocks;
        }

        /** The number of partitions, at most {@code most}, with which a pass in one round is fastest. */
        int bestPartitions(int most) {
            return IntStream.rangeClosed(1, most)
                    .boxed()
                    .min(Comparator.comparingDouble(partitions -> with(partitions, 1)))
                    .orElse(1);
        }
    }

    private final JavaSparkContext spark;
    private final CachedBlocks data;
    private final int epochs;
    private Executors seen;
    private long seenAt;
    private long lookedAt;
    /**
     * The kernel seconds of all tasks in the last epochs, since executors or blocks last changed. Several epochs,
     * because one may be slow by chance.
     */
    private final DescriptiveStatistics kernelSeconds = new DescriptiveStatistics(EPOCHS_TO_JUDGE);

    /** The assumed time: first that of reading, then at least doubled each time, because files of shuffles stay. */
    private double secondsToRedistribute;
    /** Whether a redistribution has failed since executors last changed. */
    private boolean failed;
    /** Whether a redistribution has succeeded since executors last changed. */
    private boolean placed;

    /** Rebalances one training; {@code epochs} is the last epoch's number. */
    public Rebalancing(JavaSparkContext spark, CachedBlocks data, int epochs) {
        this.spark = spark;
        this.data = data;
        this.epochs = epochs;
        this.seen = Executors.of(spark.sc());
        this.seenAt = System.nanoTime() - QUIET_NANOS;
        this.lookedAt = seenAt;
        this.secondsToRedistribute = data.secondsToRead();
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (spark.sc().isLocal()) {
            return;
        }
        Executors executors = Executors.of(spark.sc());
        // If all executors are lost, the next ones read all blocks.
        if (executors.slots() > 0) {
            double kernels = kernelSeconds.getN() < EPOCHS_TO_JUDGE ? 0 : kernelSeconds.getPercentile(50);
            int epochsLeft = epochs - state.epoch() + 1;
            consider(executors, System.nanoTime(), epochsLeft, new PassTime(kernels, data.mostPartitions()));
        }
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        kernelSeconds.addValue(metrics.get(0).time().kernel() * data.parallelism());
    }

    /** Redistributes the blocks if it pays. The epoch that starts is one of {@code epochsLeft}. */
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
        data.updateKeepsPairs();
        int partitions = data.partitions();
        if (failed
                || pass.kernels() == 0
                || now - seenAt < QUIET_NANOS
                || epochsLeft * pass.with(partitions, partitions) <= secondsToRedistribute) {
            return;
        }
        // If Spark placed redistributed blocks badly, it would do so again: assume the best placement.
        int rounds = placed
                ? executors.rounds(partitions)
                : executors.rounds(data.blocks().rdd());
        int wanted = data.partitionsChosen()
                ? partitions
                : pass.bestPartitions(Math.min(mostTasks(executors), data.mostPartitions()));
        double saved = pass.with(partitions, rounds) - pass.with(wanted, executors.rounds(wanted));
        if (epochsLeft * saved > secondsToRedistribute) {
            redistribute(
                    wanted,
                    wanted < Math.min(partitions, executors.slots())
                            ? "Fewer tasks are faster for so little work"
                            : "Executors now run " + executors.slots() + " task(s) at once");
        }
    }

    /** With dynamic allocation, executors come for waiting tasks: fewer partitions would keep them away. */
    private int mostTasks(Executors executors) {
        return spark.sc().conf().getBoolean("spark.dynamicAllocation.enabled", false)
                ? Math.max(executors.slots(), data.partitions())
                : executors.slots();
    }

    double secondsToRedistribute() {
        return secondsToRedistribute;
    }

    private void redistribute(int partitions, String reason) {
        int before = data.partitions();
        long started = System.nanoTime();
        String description = spark.getLocalProperty(DESCRIPTION);
        try {
            spark.setJobDescription("redistributing the blocks to " + partitions + " partition(s)");
            data.redistribute(partitions);
            double seconds = (System.nanoTime() - started) / 1e9;
            secondsToRedistribute = 2 * Math.max(secondsToRedistribute, seconds);
            placed = true;
            kernelSeconds.clear();
            LOG.info(
                    "{}: redistributed the blocks to {} partition(s) instead of {} in {} s",
                    reason,
                    partitions,
                    before,
                    Math.round(seconds * 10) / 10.0);
        } catch (UserException e) {
            if (SparkFailures.isCancelled(e) || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            failed = true;
            LOG.warn("Could not redistribute the blocks, which stay where they are: {}", e.getMessage());
        } finally {
            spark.setJobDescription(description);
        }
    }
}
