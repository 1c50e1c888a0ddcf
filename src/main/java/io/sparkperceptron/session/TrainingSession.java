package io.sparkperceptron.session;

import io.sparkperceptron.Build;
import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.FoldModels;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.JobDescriptions;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.NpyFormat;
import io.sparkperceptron.report.ProgressPage;
import io.sparkperceptron.report.Report;
import io.sparkperceptron.results.CheckpointFiles;
import io.sparkperceptron.results.CheckpointFiles.Checkpoint;
import io.sparkperceptron.results.CheckpointWriter;
import io.sparkperceptron.results.FilmFiles;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.MetricsFile;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.TrainingRecord;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training from loaded data to results. */
public final class TrainingSession {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingSession.class);

    private final TrainingData data;
    private final TrainingSettings settings;
    private final TrainingPlan plan;
    private final Descent descent;
    private final OutputFolder output;
    private final CheckpointFiles checkpoints;
    private final FilmFiles film;
    /** Null without held-out scores. */
    private final FoldModels foldModels;

    private TrainingRecord record;
    private Recording recording;

    /**
     * Prepares a training. Throws UserException if the weights would not fit the memory of this process or of an
     * executor, no grid can hold the sums, or an executor lacks the required kernel.
     */
    public TrainingSession(TrainingData data, TrainingSettings settings, OutputFolder output) {
        this.data = data;
        this.settings = settings;
        this.plan = settings.plan();
        this.output = output;
        this.foldModels = settings.heldOutScores() ? new FoldModels(plan) : null;
        this.descent = new Descent(data, settings, foldModels);
        if (data.shape() == null) {
            LOG.info("The features are not images, so there will be no pictures of weights and mistakes");
        }
        this.film = new FilmFiles(output.folder(), plan, data.features(), data.classes());
        this.record = record();
        this.checkpoints = new CheckpointFiles(
                output.folder(), plan, data.features(), data.classes(), record.identity(), foldModels);
    }

    /**
     * Trains, or resumes a training, and writes metrics, checkpoints and film after epochs.
     *
     * @param progress listeners besides those that write files
     * @param stop whether to end, with a checkpoint
     * @return one entry a run, in the plan's order
     * @throws UserException if the folder holds another training, or the training fails
     * @throws io.sparkperceptron.training.TrainingStopped if {@code stop} ended it
     */
    public List<TrainedRun> train(List<TrainingListener> progress, BooleanSupplier stop) {
        Optional<Checkpoint> earlier = output.earlier(record, checkpoints);
        TrainingState state = earlier.map(Checkpoint::state)
                .orElseGet(() -> TrainingState.start(plan, data.features(), data.classes()));
        int saved = earlier.isPresent() ? state.epoch() : -1;
        record = earlier.isPresent() ? record.resumedAt(saved) : record;
        begin(saved);
        LOG.info(
                "Training {} run(s) of {} perceptrons for {} epochs on {} partition(s), kernel: {}; weights and sums"
                        + " take about {} MB here",
                state.runs().size(),
                data.classes(),
                plan.epochs() - state.epoch(),
                data.blocks().partitions(),
                descent.kernel().description(),
                Readiness.megabytes(descent.bytes()));
        recording = new Recording(earlier.map(Checkpoint::metrics).orElse(List.of()));
        MetricsFile metrics = new MetricsFile(output.folder(), recording.rows());
        List<TrainingListener> listeners = new ArrayList<>(List.of(output, metrics, film));
        if (foldModels != null) {
            earlier.ifPresent(from -> foldModels.resume(from.metrics(), from.foldModels()));
        }
        listeners.add(new ProgressPage(output.folder(), plan, recording));
        listeners.add(new JobDescriptions(data.context(), plan.epochs()));
        listeners.addAll(progress);
        listeners.add(
                new CheckpointWriter(checkpoints, recording, settings.checkpointEvery(), saved, plan.epochs(), stop));
        return descent.train(state, recording, listeners);
    }

    /** Writes the files that a training writes after epochs, from a recording with these data and settings. */
    void replay(Recording earlier) {
        recording = earlier;
        output.earlier(record, checkpoints);
        begin(-1);
        recording.replayFilm(film);
        new MetricsFile(output.folder(), recording.rows()).trainingEnded();
    }

    /** Writes the results of the last epoch: models, findings, pictures and the report. */
    public Outcome finish(List<TrainedRun> runs) {
        long started = System.nanoTime();
        runs.stream().filter(run -> !run.diverged()).forEach(this::save);
        Findings.Doubtful doubtful = inJob("scoring the rows by the models without their folds", () -> heldOut(runs));
        Examination.Found found = inJob("examining the trained runs", () -> look(runs, doubtful));
        Outcome.keep(
                found.findings(), found.images(), found.classMeans(), found.sample(), data.shape(), output.folder());
        Outcome outcome = Outcome.read(output.folder(), recording::rows);
        Report.write(outcome);
        LOG.info("Examined and drew the runs in {} s", Math.round((System.nanoTime() - started) / 1e8) / 10.0);
        record = record.finishedNow();
        record.write(output.folder());
        return outcome;
    }

    /** Null without held-out scores, or if all settings have diverged. */
    private Findings.Doubtful heldOut(List<TrainedRun> runs) {
        if (foldModels == null) {
            return null;
        }
        Optional<FoldChoice> choice = choice(runs, recording);
        if (choice.isEmpty()) {
            LOG.warn("All settings have diverged on all rows or on some fold, so there are no held-out scores");
            return null;
        }
        return new HeldOut(data.blocks(), output.folder()).write(foldModels, choice.get());
    }

    /** What the folds of recorded runs choose. */
    static Optional<FoldChoice> choice(List<TrainedRun> runs, Recording recording) {
        Map<Run, List<EpochMetrics>> metrics = recording.metrics();
        return FoldChoice.of(runs.stream()
                .filter(run -> run.run().isOnAllRows())
                .map(run -> RunHistory.of(run.run(), run.ending(), 0, metrics))
                .toList());
    }

    private Examination.Found look(List<TrainedRun> runs, Findings.Doubtful doubtful) {
        try (Examination examination = new Examination(data.blocks(), settings.kernel())) {
            return examination.examine(plan.start(), runs, film, doubtful);
        }
    }

    private <T> T inJob(String description, Supplier<T> work) {
        data.context().setJobDescription(description);
        try {
            return work.get();
        } finally {
            data.context().setJobDescription(null);
        }
    }

    private TrainingRecord record() {
        DataSets sets = data.sets();
        CachedBlocks blocks = data.blocks();
        Build build = new Build();
        return TrainingRecord.start(
                settings.arguments(),
                TrainingRecord.Options.of(
                        plan,
                        sets.folds(),
                        sets.scaling(),
                        sets.classWeighting(),
                        blocks.partitions(),
                        settings.heldOutScores()),
                new TrainingRecord.Data(
                        blocks.features(),
                        blocks.classes(),
                        blocks.labels().listed(),
                        blocks.shape() == null ? null : blocks.shape().height(),
                        blocks.shape() == null ? null : blocks.shape().width(),
                        set(sets.training(), blocks.summary(Split.TRAIN)),
                        set(sets.training(), blocks.summary(Split.VALIDATION)),
                        set(sets.test(), blocks.summary(Split.TEST))),
                new TrainingRecord.Provenance(
                        build.version(),
                        build.commit(),
                        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                        System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                                + System.getProperty("os.arch"),
                        data.context().version(),
                        data.context().master(),
                        descent.kernel().description()));
    }

    private static TrainingRecord.DataSet set(Examples examples, DatasetSummary summary) {
        return new TrainingRecord.DataSet(examples.source(), summary.rows(), summary.fingerprint(), summary.bytes());
    }

    private void begin(int savedEpoch) {
        output.begin(record, checkpoints, savedEpoch);
        Folds folds = data.sets().folds();
        if (!folds.isNone()) {
            long rows = data.sets().training().rows();
            output.folder().write(Layout.FOLDS, out -> NpyFormat.writeBytes(rows, folds::fold, out));
        }
    }

    private void save(TrainedRun run) {
        Folder place = Layout.model(output.folder(), run.run().name());
        if (plan.keepsBest()) {
            ModelFiles.saveLast(run.model(), place);
        }
        ModelFiles.Stored kept = data.stored(run.run(), run.keptEpoch(), run.kept());
        ModelFiles.save(kept.description(), kept.model(), kept.factors(), place);
    }
}
