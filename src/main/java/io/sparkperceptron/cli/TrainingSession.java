package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterEvaluation;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.JobDescriptions;
import io.sparkperceptron.data.DatasetSummary;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.report.Curves;
import io.sparkperceptron.report.RunPictures;
import io.sparkperceptron.training.Checkpoint;
import io.sparkperceptron.training.CheckpointFiles;
import io.sparkperceptron.training.CheckpointWriter;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.MetricsFile;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import io.sparkperceptron.training.TrainingStopped;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training from loaded data to the last picture, on a running Spark. */
final class TrainingSession {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingSession.class);
    /** The weights, their gradient and its sum, and a broadcast, on the driver. */
    private static final long BYTES_PER_WEIGHT = 32;
    /** The rest is for Spark, and for what is on its way. */
    private static final double MOST_OF_MEMORY = 0.75;

    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final FeatureScaling scaling;
    private final KernelChoice kernel;
    private final OutputFolder output;
    private final Integer checkpointEvery;
    private final PrintWriter out;

    TrainingSession(
            JavaSparkContext spark,
            TrainingPlan plan,
            FeatureScaling scaling,
            KernelChoice kernel,
            OutputFolder output,
            Integer checkpointEvery,
            PrintWriter out) {
        this.spark = spark;
        this.plan = plan;
        this.scaling = scaling;
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
        try (CachedBlocks data = CachedBlocks.load(sets.training(), sets.test(), scaling, partitions)) {
            describe(data);
            requireMemory(data);
            RunRecord record = new RunRecord(spark, plan, scaling, kernel, sets, data, partitions, arguments);
            CheckpointFiles checkpoints =
                    new CheckpointFiles(output.folder(), plan, data.features(), data.classes(), record.identity());
            Optional<Checkpoint> earlier = output.prepare(record, checkpoints);
            Curves curves = new Curves();
            List<TrainedRun> runs;
            StopRequest stop = StopRequest.listen();
            try {
                runs = descend(data, checkpoints, earlier, curves, stop);
            } catch (TrainingStopped e) {
                out.println("Stopped before epoch " + e.epoch() + "; to go on, give the same options with --output "
                        + output.folder().uri() + " --resume");
                return stop.exitCode();
            } finally {
                stop.close();
            }
            finish(runs, curves, record, data);
        }
        return 0;
    }

    private void finish(List<TrainedRun> runs, Curves curves, RunRecord record, CachedBlocks data) {
        List<TrainedRun> converging =
                runs.stream().filter(run -> !run.diverged()).toList();
        converging.forEach(run -> save(run, data));
        curves.write(output.folder().child("curves"));
        draw(converging, data);
        record.writeFinished(output.folder());
        ResultTable.print(runs, out);
        out.println("Results are in " + output.folder().uri());
        if (converging.isEmpty()) {
            throw new UserException(RunEnding.divergence(runs));
        }
    }

    private List<TrainedRun> descend(
            CachedBlocks data,
            CheckpointFiles checkpoints,
            Optional<Checkpoint> earlier,
            Curves curves,
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
        earlier.ifPresent(checkpoint -> curves.epochFinished(state.epoch(), checkpoint.metrics()));
        int saved = earlier.isPresent() ? state.epoch() : -1;
        List<TrainingListener> listeners = List.of(
                output,
                metrics,
                curves,
                new JobDescriptions(spark, plan.epochs()),
                EpochLog.isTerminal() ? new EpochBar(state.epoch(), plan.epochs()) : new EpochLog(plan.epochs()),
                new CheckpointWriter(checkpoints, metrics, checkpointEvery, saved, plan.epochs(), stop));
        return new GradientDescent(new ClusterGradient(data, kernel), listeners).train(plan, state);
    }

    private void describe(CachedBlocks data) {
        DatasetSummary training = data.summary(Split.TRAIN);
        DatasetSummary test = data.summary(Split.TEST);
        LOG.info(
                "{} training and {} test examples of {} features, {} classes; cached in {} MB",
                training.rows(),
                test.rows(),
                data.features(),
                data.classes(),
                Math.round((training.bytes() + test.bytes()) / 1e6));
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

    private void save(TrainedRun run, CachedBlocks data) {
        ModelFiles.save(
                description(run, data),
                run.model(),
                output.folder().child("models/" + run.run().name()));
    }

    private void draw(List<TrainedRun> runs, CachedBlocks data) {
        if (runs.isEmpty()) {
            return;
        }
        spark.setJobDescription("looking at the test set");
        List<Evaluation> evaluations = ClusterEvaluation.ofTestSet(
                data, runs.stream().map(TrainedRun::model).toList(), RunPictures.MISTAKES);
        spark.setJobDescription(null);
        for (int i = 0; i < runs.size(); i++) {
            RunPictures.write(
                    runs.get(i),
                    evaluations.get(i),
                    data.shape(),
                    data.summary(Split.TRAIN).activeFeatures(),
                    output.folder().child("images/" + runs.get(i).run().name()));
        }
    }

    private ModelDescription description(TrainedRun run, CachedBlocks data) {
        ImageShape shape = data.shape();
        return new ModelDescription(
                run.run().name(),
                run.run().loss().label(),
                run.run().learningRate(),
                run.last().epoch(),
                data.classes(),
                data.features(),
                scaling.label(),
                shape == null ? null : shape.height(),
                shape == null ? null : shape.width(),
                data.summary(Split.TRAIN).fingerprint(),
                new BuildInfo().version());
    }
}
