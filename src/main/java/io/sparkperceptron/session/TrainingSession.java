package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.JobDescriptions;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetSummary;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.results.Checkpoint;
import io.sparkperceptron.results.CheckpointFiles;
import io.sparkperceptron.results.CheckpointWriter;
import io.sparkperceptron.results.FilmFiles;
import io.sparkperceptron.results.MetricsFile;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training from loaded data to results, on a running Spark. */
public final class TrainingSession {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingSession.class);
    /** The weights, their gradient and its sum, a broadcast, and what looks at their curvature, on the driver. */
    private static final long BYTES_PER_WEIGHT = 64;
    /** The rest is for Spark, and for what is on its way. */
    private static final double MOST_OF_MEMORY = 0.75;

    private final JavaSparkContext spark;
    private final DataSets sets;
    private final CachedBlocks data;
    private final TrainingPlan plan;
    private final KernelChoice kernel;
    private final OutputFolder output;
    private final FilmFiles film;
    private final RunRecord record;

    /**
     * Makes ready.
     *
     * @param data the sets, loaded
     * @param arguments as a person has typed them, for the record
     * @throws UserException if the weights would not fit the memory of this process
     */
    public TrainingSession(
            JavaSparkContext spark,
            DataSets sets,
            CachedBlocks data,
            TrainingPlan plan,
            KernelChoice kernel,
            OutputFolder output,
            List<String> arguments) {
        this.spark = spark;
        this.sets = sets;
        this.data = data;
        this.plan = plan;
        this.kernel = kernel;
        this.output = output;
        describe();
        requireMemory();
        this.film = new FilmFiles(output.folder(), plan, data.features(), data.classes());
        this.record = new RunRecord(spark, plan, kernel, sets, data, arguments);
    }

    /**
     * Trains, or goes on with a training, and writes metrics, checkpoints and film on the way.
     *
     * @param progress are told too
     * @param checkpointEvery the epochs from one checkpoint to the next; null for a choice by time
     * @param stop whether to end, with a checkpoint
     * @return one entry a run, in the plan's order
     * @throws UserException if the folder is of another training, or something fails
     * @throws io.sparkperceptron.training.TrainingStopped if it was to stop
     */
    public List<TrainedRun> train(List<TrainingListener> progress, Integer checkpointEvery, BooleanSupplier stop) {
        CheckpointFiles checkpoints =
                new CheckpointFiles(output.folder(), plan, data.features(), data.classes(), record.identity());
        Optional<Checkpoint> earlier = output.prepare(record, checkpoints);
        TrainingState state = earlier.map(Checkpoint::state)
                .orElseGet(() -> TrainingState.start(plan, data.features(), data.classes()));
        LOG.info(
                "Training {} run(s) of {} perceptrons for {} epochs on {} partitions, kernel: {}",
                state.runs().size(),
                data.classes(),
                plan.epochs() - state.epoch(),
                data.partitions(),
                kernel.description());
        MetricsFile metrics = earlier.map(checkpoint -> new MetricsFile(output.folder(), checkpoint.metricsText()))
                .orElseGet(() -> new MetricsFile(output.folder()));
        List<TrainingListener> listeners = new ArrayList<>(List.of(output, metrics, film));
        listeners.add(new JobDescriptions(spark, plan.epochs()));
        listeners.addAll(progress);
        int saved = earlier.isPresent() ? state.epoch() : -1;
        listeners.add(new CheckpointWriter(checkpoints, metrics, checkpointEvery, saved, plan.epochs(), stop));
        return new GradientDescent(new ClusterGradient(data, kernel), listeners).train(plan, state);
    }

    /**
     * Writes what is made of the last epoch: models, pictures, findings and the report.
     *
     * @param runs as they were trained
     */
    public Outcome finish(List<TrainedRun> runs) {
        Outcome outcome =
                new ResultWriter(spark, plan, data, sets.scaling(), kernel, output.folder()).write(runs, film);
        record.writeFinished(output.folder());
        return outcome;
    }

    private void describe() {
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
                Math.round((training.bytes() + validation.bytes() + test.bytes()) / 1e6));
        String absent = IntStream.range(0, data.classes())
                .filter(label -> training.classCount(label) == 0)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        if (!absent.isEmpty()) {
            LOG.warn("No training example is of class {}, so its perceptron only learns to say no", absent);
        }
        if (data.shape() == null) {
            LOG.info("The features are no images, so there will be no pictures of weights and mistakes");
        }
    }

    /**
     * Makes sure that this process can hold the weights and, if tasks run in it, what their kernels take; executors are not
     * looked at.
     *
     * @throws UserException if not
     */
    private void requireMemory() {
        int columns = data.classes() * plan.runs().size();
        long entries = (data.features() + 1L) * columns;
        int tasks = spark.sc().isLocal() ? Math.min(data.partitions(), spark.defaultParallelism()) : 0;
        long bytes = BYTES_PER_WEIGHT * entries + tasks * kernel.bytes(data.features(), columns);
        long memory = Runtime.getRuntime().maxMemory();
        if (bytes > MOST_OF_MEMORY * memory) {
            throw new UserException("Expected weights that fit three quarters of the " + memory / 1_000_000
                    + " MB of memory, found " + data.features()
                    + " features, " + data.classes() + " classes and "
                    + plan.runs().size() + " run(s), which take at least "
                    + bytes / 1_000_000
                    + " MB; give more memory with --driver-memory, train fewer runs at a time, or try"
                    + " --kernel scalar");
        }
    }
}
