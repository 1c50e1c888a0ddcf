package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.JobDescriptions;
import io.sparkperceptron.data.DatasetSummary;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.report.Curves;
import io.sparkperceptron.training.Checkpoint;
import io.sparkperceptron.training.CheckpointFiles;
import io.sparkperceptron.training.CheckpointWriter;
import io.sparkperceptron.training.FilmFiles;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.MetricsFile;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import io.sparkperceptron.training.TrainingStopped;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training from data to results, on a running Spark. */
final class TrainingSession {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingSession.class);
    /** The weights, their gradient and its sum, a broadcast, and what looks at their curvature, on the driver. */
    private static final long BYTES_PER_WEIGHT = 64;
    /** The rest is for Spark, and for what is on its way. */
    private static final double MOST_OF_MEMORY = 0.75;

    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final TrainingDataOptions options;
    private final KernelChoice kernel;
    private final OutputFolder output;
    private final Integer checkpointEvery;
    private final PrintWriter out;

    TrainingSession(
            JavaSparkContext spark,
            TrainingPlan plan,
            TrainingDataOptions options,
            KernelChoice kernel,
            OutputFolder output,
            Integer checkpointEvery,
            PrintWriter out) {
        this.spark = spark;
        this.plan = plan;
        this.options = options;
        this.kernel = kernel;
        this.output = output;
        this.checkpointEvery = checkpointEvery;
        this.out = out;
    }

    /**
     * Trains, and writes the results.
     *
     * @return 0, or what a process ends with that was told to stop
     */
    int run(TrainingDataOptions.Sets sets, int partitions, List<String> arguments) {
        spark.setJobDescription("reading the data");
        LOG.info("Reading {} and {}", sets.training().source(), sets.test().source());
        try (CachedBlocks data = options.load(sets, partitions)) {
            describe(data);
            requireMemory(data);
            RunRecord record = new RunRecord(spark, plan, options, kernel, sets, data, partitions, arguments);
            CheckpointFiles checkpoints =
                    new CheckpointFiles(output.folder(), plan, data.features(), data.classes(), record.identity());
            Optional<Checkpoint> earlier = output.prepare(record, checkpoints);
            Curves curves = new Curves();
            FilmFiles film = new FilmFiles(output.folder(), plan, data.features(), data.classes());
            List<TrainedRun> runs;
            StopRequest stop = StopRequest.listen();
            try {
                runs = descend(data, checkpoints, earlier, List.of(curves, film), stop);
            } catch (TrainingStopped e) {
                out.println("Stopped before epoch " + e.epoch() + "; to go on, give the same options with --output "
                        + output.folder().uri() + " --resume");
                return stop.exitCode();
            } finally {
                stop.close();
            }
            new ResultWriter(spark, plan, data, options.scaling(), kernel, output.folder(), out)
                    .write(runs, film, curves, record);
        }
        return 0;
    }

    private List<TrainedRun> descend(
            CachedBlocks data,
            CheckpointFiles checkpoints,
            Optional<Checkpoint> earlier,
            List<TrainingListener> collecting,
            StopRequest stop) {
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
        earlier.ifPresent(checkpoint ->
                collecting.forEach(listener -> listener.epochFinished(state.epoch(), checkpoint.metrics())));
        int saved = earlier.isPresent() ? state.epoch() : -1;
        List<TrainingListener> listeners = new ArrayList<>(List.of(output, metrics));
        listeners.addAll(collecting);
        listeners.add(new JobDescriptions(spark, plan.epochs()));
        listeners.add(EpochLog.isTerminal() ? new EpochBar(state.epoch(), plan.epochs()) : new EpochLog(plan.epochs()));
        listeners.add(new CheckpointWriter(checkpoints, metrics, checkpointEvery, saved, plan.epochs(), stop));
        return new GradientDescent(new ClusterGradient(data, kernel), listeners).train(plan, state);
    }

    private void describe(CachedBlocks data) {
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
    private void requireMemory(CachedBlocks data) {
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
