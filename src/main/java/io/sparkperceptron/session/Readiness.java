package io.sparkperceptron.session;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.StorageRoom;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.spark.ExecutorMemory;
import io.sparkperceptron.training.StepRule;
import io.sparkperceptron.training.TrainingPlan;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks memory before a training, and logs what it trains on.
 *
 * @param kernel the kernel that is chosen for these data
 * @param executors the memory of each executor; null if tasks run in this process
 * @param parallelism the number of tasks that run at once
 */
record Readiness(CachedBlocks data, TrainingPlan plan, KernelChoice kernel, ExecutorMemory executors, int parallelism) {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingSession.class);
    /** The rest is for Spark, and for data in transfer. */
    private static final double MOST_OF_MEMORY = 0.75;
    /** For each weight and each matrix that a rule keeps: its entry, and the next one during a step. */
    private static final long BYTES_KEPT = 2L * Double.BYTES;

    /** Logs what the training uses, and warns of anything unusual. */
    void describe() {
        DatasetSummary training = data.summary(Split.TRAIN);
        DatasetSummary test = data.summary(Split.TEST);
        DatasetSummary validation = data.summary(Split.VALIDATION);
        LOG.info(
                "{} training, {} validation and {} test examples of {} features, {} classes; cached in {} MB",
                training.rows(),
                validation.rows(),
                test.rows(),
                data.features(),
                data.classes(),
                megabytes(training.bytes() + validation.bytes() + test.bytes()));
        StorageRoom room = data.room();
        if (room.missing() > 0) {
            LOG.warn(
                    "Spark has room in memory for {} MB of these {} MB, and keeps the rest on disk, where every epoch"
                            + " reads it again; with {} MB more of memory {} all would fit",
                    megabytes(room.storage()),
                    megabytes(room.blocks()),
                    megabytes(room.missing()),
                    executors == null ? "here" : "for the executors together");
        } else if (room.pairs() > 0 && room.sufficesForPairs()) {
            LOG.info("Similar rows and features are also kept in pairs, in about {} MB", megabytes(room.pairs()));
        } else if (room.pairs() > 0) {
            LOG.info(
                    "Rows are not kept in pairs, which would be faster: pairs take about {} MB, and {} MB are free",
                    megabytes(room.pairs()),
                    megabytes(room.forPairs()));
        }
        String absent = IntStream.range(0, data.classes())
                .filter(label -> training.classCount(label) == 0)
                .mapToObj(data.labels()::text)
                .collect(Collectors.joining(", "));
        if (!absent.isEmpty()) {
            LOG.warn("No training example is of class {}, so its perceptron only learns to say no", absent);
        }
        FoldGaps.sentences(training, data.folds(), data.labels()).forEach(LOG::warn);
    }

    static long megabytes(long bytes) {
        return Math.round(bytes / 1e6);
    }

    private int columns() {
        return data.classes() * plan.runs().size();
    }

    private long entries() {
        return (data.features() + 1L) * columns();
    }

    /** The memory that the kernels of this many tasks at once take. */
    private long kernelBytes(int tasks) {
        int touched = kernel == KernelChoice.SCALAR
                ? data.summary(Split.TRAIN).activeFeatures().cardinality()
                : data.features();
        return Math.min(data.partitions(), tasks) * kernel.bytes(touched, columns());
    }

    /** The memory that this process takes for the weights and, if tasks run in it, for their kernels. */
    private long bytes() {
        long perEntry =
                Weights.BYTES_TO_TRAIN + BYTES_KEPT * StepRule.kept(plan.runs()).size();
        return perEntry * entries() + (executors == null ? kernelBytes(parallelism) : 0);
    }

    private void requireExecutorMemory() {
        long bytes = Weights.BYTES_TO_SEND * entries() + kernelBytes(executors.tasks());
        if (bytes > MOST_OF_MEMORY * executors.heap()) {
            throw new UserException(
                    "Expected weights and sums that fit three quarters of an executor's " + megabytes(executors.heap())
                            + " MB of memory, found " + data.features() + " features, " + data.classes()
                            + " classes and " + plan.runs().size() + " run(s), which take at least " + megabytes(bytes)
                            + " MB where it runs " + executors.tasks() + " task(s) at once",
                    Remedy.EXECUTOR_MEMORY_OR_FEWER_RUNS);
        }
    }

    /**
     * Returns the approximate bytes that weights and sums take in this process.
     *
     * @throws UserException if they do not fit this process or an executor
     */
    long requireMemory() {
        long bytes = bytes();
        long memory = Runtime.getRuntime().maxMemory();
        if (bytes > MOST_OF_MEMORY * memory) {
            throw new UserException(
                    "Expected weights that fit three quarters of the " + memory / 1_000_000
                            + " MB of memory, found " + data.features()
                            + " features, " + data.classes() + " classes and "
                            + plan.runs().size() + " run(s), which take at least "
                            + bytes / 1_000_000
                            + " MB",
                    Remedy.MEMORY_OR_FEWER_RUNS);
        }
        if (executors != null) {
            requireExecutorMemory();
        }
        return bytes;
    }
}
