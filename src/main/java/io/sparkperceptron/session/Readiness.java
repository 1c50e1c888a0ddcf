package io.sparkperceptron.session;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.FoldModels;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.StorageRoom;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.spark.Executors;
import io.sparkperceptron.training.Lbfgs;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.StepRule;
import io.sparkperceptron.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks memory before a training, and logs what it trains on.
 *
 * @param kernel the kernel that is chosen for these data
 * @param keepsFoldModels whether {@link FoldModels} are kept
 */
record Readiness(
        SparkContext spark, CachedBlocks data, TrainingPlan plan, KernelChoice kernel, boolean keepsFoldModels) {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingSession.class);
    /** The rest of the memory is for Spark, and for data in transfer. */
    private static final double MOST_OF_MEMORY = 0.75;
    /** The bytes of an entry of a matrix that a rule keeps: the entry, and the next one during a step. */
    private static final long BYTES_KEPT = 2L * Double.BYTES;

    private static final int MOST_SENTENCES = 6;
    private static final int MOST_CLASSES_NAMED = 20;

    /** Logs what the training uses, and warns of anything unusual. */
    void describe() {
        DatasetSummary training = data.summary(Split.TRAIN);
        StorageRoom room = data.room();
        LOG.info(
                "{} training, {} validation and {} test examples of {} features, {} classes; cached in {} MB",
                training.rows(),
                data.summary(Split.VALIDATION).rows(),
                data.summary(Split.TEST).rows(),
                data.features(),
                data.classes(),
                megabytes(room.blocks()));
        if (room.missing() > 0) {
            LOG.warn(
                    "Spark has room in memory for {} MB of these {} MB, and keeps the rest on disk, where every epoch"
                            + " reads it again; with {} MB more of memory {} all would fit",
                    megabytes(room.storage()),
                    megabytes(room.blocks()),
                    megabytes(room.missing()),
                    spark.isLocal() ? "here" : "for the executors together");
        } else if (room.pairs() > 0 && room.sufficesForPairs()) {
            LOG.info("Similar rows and features are also kept in pairs, in about {} MB", megabytes(room.pairs()));
        } else if (room.pairs() > 0) {
            LOG.info(
                    "Rows are not kept in pairs, which would be faster: pairs take about {} MB, and {} MB are free",
                    megabytes(room.pairs()),
                    megabytes(room.forPairs()));
        }
        absence(training, data.labels()).ifPresent(LOG::warn);
        foldGaps(training, data.folds(), data.labels()).forEach(LOG::warn);
    }

    /** A warning if classes have no training example. */
    static Optional<String> absence(DatasetSummary training, ClassLabels labels) {
        List<String> absent = labelsOf(labels, c -> training.classCount(c) == 0);
        if (absent.isEmpty()) {
            return Optional.empty();
        }
        if (absent.size() == 1) {
            return Optional.of(
                    "No training example is of class " + absent.get(0) + ", so its perceptron only learns to say no");
        }
        String named = absent.stream().limit(MOST_CLASSES_NAMED).collect(Collectors.joining(", "));
        return Optional.of(absent.size() + " of " + labels.count()
                + " classes have no training example, so their perceptrons only learn to say no: " + named
                + (absent.size() > MOST_CLASSES_NAMED ? " and others" : "")
                + ". If the data have fewer classes, give their number");
    }

    /** A sentence for each fold that has no example, or all examples, of a class; at most {@value #MOST_SENTENCES}. */
    static List<String> foldGaps(DatasetSummary training, Folds folds, ClassLabels labels) {
        List<String> sentences = new ArrayList<>();
        for (int f = 0; f < folds.count(); f++) {
            int fold = f;
            IntPredicate present = c -> training.classCount(c) > 0;
            List<String> absent = labelsOf(labels, present.and(c -> training.classCount(c, fold) == 0));
            if (!absent.isEmpty()) {
                sentences.add("Fold " + fold + " has no example of class " + String.join(", ", absent)
                        + ", so its validation error says nothing about that class");
            }
            List<String> alone =
                    labelsOf(labels, present.and(c -> training.classCount(c, fold) == training.classCount(c)));
            if (!alone.isEmpty()) {
                sentences.add("Fold " + fold + " has all examples of class " + String.join(", ", alone)
                        + ", so runs that leave it out never learn that class");
            }
        }
        int more = sentences.size() - MOST_SENTENCES;
        if (more > 0) {
            sentences.subList(MOST_SENTENCES - 1, sentences.size()).clear();
            sentences.add((more + 1) + " more such warnings, of other folds or classes, are not shown");
        }
        return sentences;
    }

    private static List<String> labelsOf(ClassLabels labels, IntPredicate classes) {
        return IntStream.range(0, labels.count())
                .filter(classes)
                .mapToObj(labels::text)
                .toList();
    }

    static long megabytes(long bytes) {
        return Math.round(bytes / 1e6);
    }

    private long entries() {
        return entriesPerRun() * plan.runs().size();
    }

    private long entriesPerRun() {
        return (data.features() + 1L) * data.classes();
    }

    /** The memory that the kernels of this many tasks at once take. */
    private long kernelBytes(int tasks) {
        int touched = kernel == KernelChoice.SCALAR
                ? data.summary(Split.TRAIN).activeFeatures().cardinality()
                : data.features();
        return Math.min(data.partitions(), tasks)
                * kernel.bytes(touched, data.classes() * plan.runs().size());
    }

    /** The memory that this process takes for the weights and, if tasks run in it, for their kernels. */
    private long bytes() {
        long perEntry = Weights.BYTES_TO_TRAIN
                + BYTES_KEPT * StepRule.kept(plan.runs()).size()
                + (plan.keepsBest() ? Double.BYTES : 0);
        long searches = plan.runs().stream().filter(Run::isByLbfgs).count();
        long perSearch = (long) Double.BYTES * data.classes() * Lbfgs.rowLength(data.features(), plan.history());
        long foldModels = keepsFoldModels ? FoldModels.runs(plan).size() : 0;
        return searches * perSearch
                + perEntry * entries()
                + Double.BYTES * foldModels * entriesPerRun()
                + (spark.isLocal() ? kernelBytes(spark.defaultParallelism()) : 0);
    }

    /** Returns roughly the bytes of weights and sums here. Throws UserException if this or an executor lacks memory. */
    long requireMemory() {
        long bytes = bytes();
        long memory = Runtime.getRuntime().maxMemory();
        require(bytes, memory, "weights", "the", "", Remedy.MEMORY_OR_FEWER_RUNS);
        if (!spark.isLocal()) {
            int tasks = Executors.of(spark).tasksOfEach(data.partitions());
            require(
                    Weights.BYTES_TO_SEND * entries() + kernelBytes(tasks),
                    (long) spark.executorMemory() << 20,
                    "weights and sums",
                    "an executor's",
                    " where it runs " + tasks + " task(s) at once",
                    Remedy.EXECUTOR_MEMORY_OR_FEWER_RUNS);
        }
        return bytes;
    }

    private void require(long bytes, long memory, String what, String whose, String where, Remedy remedy) {
        if (bytes > MOST_OF_MEMORY * memory) {
            throw new UserException(
                    "Expected " + what + " that fit three quarters of " + whose + " " + megabytes(memory)
                            + " MB of memory, found " + data.features() + " features, " + data.classes()
                            + " classes and " + plan.runs().size() + " run(s), which take at least " + megabytes(bytes)
                            + " MB" + where,
                    remedy);
        }
    }
}
