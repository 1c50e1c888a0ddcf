package io.sparkperceptron.session;

import io.sparkperceptron.Build;
import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.JobDescriptions;
import io.sparkperceptron.cluster.PairMemory;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetSummary;
import io.sparkperceptron.data.FoldGaps;
import io.sparkperceptron.data.Folds;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.NpyFormat;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.report.Report;
import io.sparkperceptron.results.Checkpoint;
import io.sparkperceptron.results.CheckpointFiles;
import io.sparkperceptron.results.CheckpointWriter;
import io.sparkperceptron.results.FilmFiles;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.MetricsFile;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.TrainingRecord;
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
    /** The rest is for Spark, and for what is on its way. */
    private static final double MOST_OF_MEMORY = 0.75;
    /** For each weight: its velocity, and the next while a step is taken. */
    private static final long BYTES_OF_MOMENTUM = 2L * Double.BYTES;

    private final JavaSparkContext spark;
    private final DataSets sets;
    private final CachedBlocks data;
    private final TrainingSettings settings;
    private final TrainingPlan plan;
    private final KernelChoice kernel;
    /** About what weights and sums take in this process. */
    private final long bytes;

    private final OutputFolder output;
    private final FilmFiles film;
    private TrainingRecord record;

    /**
     * Makes ready.
     *
     * @throws UserException if the weights would not fit the memory of this process
     */
    public TrainingSession(TrainingData data, TrainingSettings settings, OutputFolder output) {
        this.spark = data.context();
        this.sets = data.sets();
        this.data = data.blocks();
        this.settings = settings;
        this.plan = settings.plan();
        this.output = output;
        this.kernel = data.blocks().kernel(settings.kernel());
        describe();
        this.bytes = bytes();
        requireMemory();
        this.film = new FilmFiles(output.folder(), plan, data.features(), data.classes());
        this.record = Circumstances.record(data, settings);
    }

    /**
     * Trains, or goes on with a training, and writes metrics, checkpoints and film on the way.
     *
     * @param progress are told too
     * @param stop whether to end, with a checkpoint
     * @return one entry a run, in the plan's order
     * @throws UserException if the folder is of another training, or something fails
     * @throws io.sparkperceptron.training.TrainingStopped if it was to stop
     */
    public List<TrainedRun> train(List<TrainingListener> progress, BooleanSupplier stop) {
        CheckpointFiles checkpoints =
                new CheckpointFiles(output.folder(), plan, data.features(), data.classes(), record.identity());
        Optional<Checkpoint> earlier = output.prepare(record, checkpoints);
        TrainingState state = earlier.map(Checkpoint::state)
                .orElseGet(() -> TrainingState.start(plan, data.features(), data.classes()));
        record = earlier.isPresent() ? record.resumedAt(state.epoch()) : record;
        record.write(output.folder());
        writeFolds();
        LOG.info(
                "Training {} run(s) of {} perceptrons for {} epochs on {} partitions, kernel: {}; weights and sums take about {} MB here",
                state.runs().size(),
                data.classes(),
                plan.epochs() - state.epoch(),
                data.partitions(),
                kernel.description(),
                megabytes(bytes));
        MetricsFile metrics = earlier.map(checkpoint -> new MetricsFile(output.folder(), checkpoint.metricsText()))
                .orElseGet(() -> new MetricsFile(output.folder()));
        List<TrainingListener> listeners = new ArrayList<>(List.of(output, metrics, film));
        listeners.add(new JobDescriptions(spark, plan.epochs()));
        listeners.addAll(progress);
        int saved = earlier.isPresent() ? state.epoch() : -1;
        listeners.add(
                new CheckpointWriter(checkpoints, metrics, settings.checkpointEvery(), saved, plan.epochs(), stop));
        return new GradientDescent(new ClusterGradient(data, settings.kernel()), listeners).train(plan, state);
    }

    /**
     * Writes what is made of the last epoch: models, findings, pictures and the report.
     *
     * @param runs as they were trained
     */
    public Outcome finish(List<TrainedRun> runs) {
        long started = System.nanoTime();
        runs.stream().filter(run -> !run.diverged()).forEach(this::save);
        Examination.Found found = look(runs);
        Outcome.keep(found.findings(), found.images(), data.shape(), output.folder());
        Outcome outcome = Outcome.read(output.folder());
        Report.write(outcome);
        LOG.info("Looked at the runs and drew them in {} s", Math.round((System.nanoTime() - started) / 1e8) / 10.0);
        record = record.finishedNow();
        record.write(output.folder());
        return outcome;
    }

    private Examination.Found look(List<TrainedRun> runs) {
        spark.setJobDescription("looking at the trained runs");
        try (Examination examination = new Examination(data, settings.kernel())) {
            return examination.look(plan.start(), runs, film);
        } finally {
            spark.setJobDescription(null);
        }
    }

    private void writeFolds() {
        Folds folds = sets.folds();
        if (!folds.isNone()) {
            output.folder()
                    .write(
                            Layout.FOLDS,
                            out -> NpyFormat.writeBytes(sets.training().rows(), folds::fold, out));
        }
    }

    private void save(TrainedRun run) {
        ImageShape shape = data.shape();
        ModelDescription description = new ModelDescription(
                run.run().name(),
                run.run().loss().label(),
                run.run().learningRate(),
                run.run().l2(),
                run.run().momentum(),
                run.last().epoch(),
                data.classes(),
                data.labels().listed(),
                data.features(),
                sets.scaling().label(),
                shape == null ? null : shape.height(),
                shape == null ? null : shape.width(),
                data.summary(Split.TRAIN).fingerprint(),
                new Build().version());
        ModelFiles.save(
                description,
                run.model(),
                data.factors(),
                Layout.model(output.folder(), run.run().name()));
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
                megabytes(training.bytes() + validation.bytes() + test.bytes()));
        PairMemory pairs = data.pairMemory();
        if (pairs.bytes() > 0 && pairs.suffices()) {
            LOG.info("Like rows, and like features, are kept in pairs too, about {} MB", megabytes(pairs.bytes()));
        } else if (pairs.bytes() > 0) {
            LOG.info(
                    "Rows are not kept in pairs, which would be faster: that takes about {} MB, and there is room for {} MB",
                    megabytes(pairs.bytes()),
                    megabytes(pairs.room()));
        }
        String absent = IntStream.range(0, data.classes())
                .filter(label -> training.classCount(label) == 0)
                .mapToObj(number -> Integer.toString(data.labels().of(number)))
                .collect(Collectors.joining(", "));
        if (!absent.isEmpty()) {
            LOG.warn("No training example is of class {}, so its perceptron only learns to say no", absent);
        }
        FoldGaps.sentences(training, data.folds(), data.labels()).forEach(LOG::warn);
        if (data.shape() == null) {
            LOG.info("The features are no images, so there will be no pictures of weights and mistakes");
        }
    }

    private static long megabytes(long bytes) {
        return Math.round(bytes / 1e6);
    }

    /** What this process takes for the weights and, if tasks run in it, for their kernels; executors are not looked at. */
    private long bytes() {
        int columns = data.classes() * plan.runs().size();
        long entries = (data.features() + 1L) * columns;
        int tasks = spark.sc().isLocal() ? Math.min(data.partitions(), spark.defaultParallelism()) : 0;
        int touched = kernel == KernelChoice.SCALAR
                ? data.summary(Split.TRAIN).activeFeatures().cardinality()
                : data.features();
        boolean momentum = plan.runs().stream().anyMatch(run -> run.momentum() > 0);
        long perEntry = Weights.BYTES_TO_TRAIN + (momentum ? BYTES_OF_MOMENTUM : 0);
        return perEntry * entries + tasks * kernel.bytes(touched, columns);
    }

    private void requireMemory() {
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
    }
}
