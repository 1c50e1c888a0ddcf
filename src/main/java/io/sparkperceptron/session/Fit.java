package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.FoldErrors;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Runs that were trained side by side without a folder: all that is known of them is in this process's memory. What needs another look at
 * the data loads them again when it is asked for.
 */
public final class Fit {

    private final SparkSession spark;
    private final TrainingData.Source source;
    private final TrainingSettings settings;
    private final String fingerprint;
    private final long choosingRows;
    private final FeatureFactors factors;
    private final List<TrainedRun> runs;
    private final List<ModelDescription> descriptions;
    private final Recording recording;
    private Findings findings;

    private Fit(
            TrainingData data,
            TrainingSettings settings,
            List<TrainedRun> runs,
            List<ModelDescription> descriptions,
            Recording recording) {
        CachedBlocks blocks = data.blocks();
        this.spark = data.spark();
        this.source = data.source();
        this.settings = settings;
        this.fingerprint = fingerprint(blocks);
        this.choosingRows = blocks.summary(blocks.rows(Split.TEST) > 0 ? Split.TEST : Split.TRAIN)
                .rows();
        this.factors = blocks.factors();
        this.runs = List.copyOf(runs);
        this.descriptions = List.copyOf(descriptions);
        this.recording = recording;
    }

    /**
     * Trains.
     *
     * @param settings of which checkpoints, earlier results and arguments have no meaning here
     * @param progress are told too
     * @throws UserException if the weights would not fit the memory of this process, or a job fails
     */
    public static Fit train(TrainingData data, TrainingSettings settings, List<TrainingListener> progress) {
        CachedBlocks blocks = data.blocks();
        JavaSparkContext spark = data.context();
        KernelChoice kernel = blocks.kernel(settings.kernel());
        Readiness readiness = Readiness.of(blocks, settings.plan(), kernel, spark);
        readiness.describe();
        readiness.requireMemory();
        ClusterGradient gradient = TrainingSession.gradient(blocks, settings);
        Recording recording = new Recording(settings.plan());
        List<TrainingListener> listeners = new ArrayList<>(progress);
        listeners.add(recording);
        TrainingState start = TrainingState.start(settings.plan(), blocks.features(), blocks.classes());
        List<TrainedRun> runs =
                TrainingSession.descend(spark, blocks, gradient, settings.plan(), start, listeners);
        return new Fit(
                data,
                settings,
                runs,
                runs.stream()
                        .map(run -> TrainingSession.described(
                                run, blocks, data.sets().scaling()))
                        .toList(),
                recording);
    }

    /** One entry a run, in the plan's order. */
    public List<TrainedRun> runs() {
        return runs;
    }

    /** The weights of one of the runs, with what a reader of them has to know. */
    public ModelFiles.Stored model(int run) {
        return new ModelFiles.Stored(descriptions.get(run), runs.get(run).model(), factors);
    }

    /** The metrics of each run's epochs, in the plan's order. */
    public Map<Run, List<EpochMetrics>> metrics() {
        return recording.metrics();
    }

    /** The rows that runs and epochs are chosen by, unless it is by folds. */
    public long choosingRows() {
        return choosingRows;
    }

    /**
     * The runs on all training rows with the errors of their folds, in the plan's order.
     *
     * @param examined whether to look at the data for perceptrons that are stuck; else none is taken to be
     */
    public List<RunHistory> histories(boolean examined) {
        Map<Run, List<EpochMetrics>> metrics = metrics();
        List<RunHistory> histories = new ArrayList<>();
        for (TrainedRun run : runs) {
            if (run.run().isOnAllRows()) {
                Findings.Measured measured =
                        examined ? findings().of(run.run().name()).measured() : null;
                histories.add(new RunHistory(
                        metrics.get(run.run()),
                        run.ending(),
                        measured == null ? 0 : measured.stuckUnits(),
                        new FoldErrors(folds(run.run().setting(), metrics))));
            }
        }
        return histories;
    }

    private static List<List<EpochMetrics>> folds(Setting setting, Map<Run, List<EpochMetrics>> metrics) {
        return metrics.entrySet().stream()
                .filter(entry -> !entry.getKey().isOnAllRows()
                        && entry.getKey().setting().equals(setting))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * What a look at the runs with their data finds. The first time, the data are loaded again; it takes some thirty passes over at most
     * 60,000 of the rows.
     *
     * @throws UserException if they are no longer the same
     */
    public synchronized Findings findings() {
        if (findings == null) {
            try (TrainingData data = load();
                    Examination examination = new Examination(data.blocks(), settings.kernel())) {
                findings = examination
                        .look(settings.plan().start(), runs, recording)
                        .findings();
            }
        }
        return findings;
    }

    /**
     * Writes what {@code submit/train.sh} would have written.
     *
     * @param output a folder at any Hadoop URI; earlier results there are replaced
     * @throws UserException if there is no test set, the folder cannot be written or has something else in it, or the data are no longer
     *     the same
     */
    public Results write(String output) {
        try (TrainingData data = load()) {
            if (data.rows(Split.TEST) == 0) {
                throw new UserException("Expected a test set for the report, found none");
            }
            try (OutputFolder folder =
                    new OutputFolder(output, Existing.REPLACED, data.context().hadoopConfiguration())) {
                TrainingSession session = new TrainingSession(data, settings, folder);
                session.replay(recording);
                return new Results(spark, session.finish(runs));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UserException("The writing of the report was interrupted", e);
            }
        }
    }

    /** The plan that was trained. */
    public TrainingPlan plan() {
        return settings.plan();
    }

    private TrainingData load() {
        TrainingData data = source.load();
        if (!fingerprint(data.blocks()).equals(fingerprint)) {
            data.close();
            throw new UserException("Expected the rows that were trained on, found others in "
                    + data.sets().training().source() + "; it has changed, or gives other rows whenever it is read");
        }
        return data;
    }

    private static String fingerprint(CachedBlocks blocks) {
        return blocks.summary(Split.TRAIN).fingerprint()
                + blocks.summary(Split.TEST).fingerprint();
    }
}
