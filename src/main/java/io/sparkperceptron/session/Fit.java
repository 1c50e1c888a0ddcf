package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.FoldModels;
import io.sparkperceptron.analysis.HeldOutRow;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.HeldOutScores;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Runs that were trained together without an output folder: their models and metrics are in this process's memory.
 * Methods that need the data load them again.
 */
public final class Fit {

    private final Supplier<TrainingData> source;
    private final TrainingSettings settings;
    private final String fingerprint;
    private final List<TrainedRun> runs;
    private final List<ModelFiles.Stored> models;
    private final Recording recording;
    private final Optional<HeldOut> heldOut;
    private Findings findings;

    /**
     * The chosen setting's models without each fold, at the epoch with the lowest mean error.
     *
     * @param margins the {@link HeldOutRow#margin}s of the rows of each fold, ascending
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record HeldOut(List<ModelFiles.Stored> models, double[][] margins) {}

    private Fit(
            TrainingData data,
            TrainingSettings settings,
            List<TrainedRun> runs,
            Recording recording,
            FoldModels folds) {
        this.source = data.source();
        this.settings = settings;
        this.fingerprint = fingerprint(data.blocks());
        this.runs = runs.stream().map(recording::keepingLastFinite).toList();
        this.models = this.runs.stream()
                .map(run -> data.stored(run.run(), run.keptEpoch(), run.kept()))
                .toList();
        this.recording = recording;
        this.heldOut = folds == null
                ? Optional.empty()
                : TrainingSession.choice(runs, recording).map(choice -> heldOut(choice, folds, data));
    }

    private static HeldOut heldOut(FoldChoice choice, FoldModels folds, TrainingData data) {
        Run chosen = choice.run().run();
        List<PerceptronModel> models = folds.of(chosen.setting());
        List<ModelFiles.Stored> stored = models.stream()
                .map(model -> data.stored(chosen, choice.best().epoch(), model))
                .toList();
        try (HeldOutScores scores = new HeldOutScores(data.blocks(), models)) {
            return new HeldOut(stored, scores.margins(models.size()));
        }
    }

    /** The models without each fold and their margins; empty if the folds choose no setting. */
    public Optional<HeldOut> heldOut() {
        return heldOut;
    }

    /**
     * Trains. The settings of checkpoints and arguments are ignored. Throws UserException if the weights would not fit
     * the memory of this process, or a job fails.
     *
     * @param listeners are told after the metrics are recorded
     */
    public static Fit train(TrainingData data, TrainingSettings settings, List<TrainingListener> listeners) {
        TrainingPlan plan = settings.plan();
        Recording recording = new Recording(plan);
        TrainingState start = TrainingState.start(plan, data.features(), data.classes());
        boolean chooses = plan.hasFolds() && plan.runs().stream().anyMatch(Run::isOnAllRows);
        FoldModels folds = chooses ? new FoldModels(plan) : null;
        List<TrainedRun> runs = new Descent(data, settings, folds).train(start, recording, listeners);
        return new Fit(data, settings, runs, recording, folds);
    }

    /** One entry a run, in the plan's order. */
    public List<TrainedRun> runs() {
        return runs;
    }

    /** The weights and the description of one run. */
    public ModelFiles.Stored model(int run) {
        return models.get(run);
    }

    /** The metrics of all epochs of each run, in the plan's order. */
    public Map<Run, List<EpochMetrics>> metrics() {
        return recording.metrics();
    }

    /** The number of rows by which runs and epochs are chosen without folds. Examines as {@link #findings} does. */
    public long choosingRows() {
        return findings().testRows() > 0 ? findings().testRows() : findings().trainingRows();
    }

    /**
     * The runs on all training rows, with their stuck perceptrons and the errors of their folds, in the plan's order.
     * Examines as {@link #findings}.
     */
    public List<RunHistory> histories() {
        return runs.stream()
                .filter(run -> run.run().isOnAllRows())
                .map(run -> {
                    Findings.Measured measured = findings().of(run.run().name()).measured();
                    int stuckUnits = measured == null ? 0 : measured.stuckUnits();
                    return RunHistory.of(run.run(), run.ending(), stuckUnits, metrics());
                })
                .toList();
    }

    /**
     * Examines the runs. The first call loads the data again, and takes about 30 passes over at most 60,000 rows.
     * Throws UserException if the data have changed.
     */
    public synchronized Findings findings() {
        if (findings == null) {
            try (TrainingData data = load();
                    Examination examination = new Examination(data.blocks(), settings.kernel())) {
                findings = examination
                        .examine(settings.plan().start(), runs, recording, null)
                        .findings();
            }
        }
        return findings;
    }

    /**
     * Writes the results that {@code submit/train.sh} would have written.
     *
     * @param output a folder at any Hadoop URI; earlier results there are replaced
     * @throws UserException if there is no test set, the folder cannot be written or holds other files, or the data
     *     have changed
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
                return Results.of(data, session.finish(runs));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UserException("The writing of the report was interrupted", e);
            }
        }
    }

    private TrainingData load() {
        TrainingData data = source.get();
        if (!fingerprint(data.blocks()).equals(fingerprint)) {
            data.close();
            throw new UserException("Expected the rows that were trained on, found others in "
                    + data.sets().training().source() + "; it has changed, or gives other rows whenever it is read");
        }
        return data;
    }

    private static String fingerprint(CachedBlocks blocks) {
        return Arrays.stream(Split.values())
                .map(split -> blocks.summary(split).fingerprint())
                .collect(Collectors.joining());
    }
}
