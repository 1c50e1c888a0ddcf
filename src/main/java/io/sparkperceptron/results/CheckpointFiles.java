package io.sparkperceptron.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.FoldModels;
import io.sparkperceptron.model.ModelStack;
import io.sparkperceptron.model.NpyFormat.Matrix;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import io.sparkperceptron.training.BestError;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Kept;
import io.sparkperceptron.training.Lbfgs;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.StepRule;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code checkpoints/epoch-000100/}: the state before epoch 100 is measured.
 *
 * <p>{@code weights.npy} has R C x (d+1) doubles, the runs in the plan's order, bias last; an ended run keeps its rows.
 * Each matrix that a {@link StepRule} keeps has a file of the same shape, such as {@code velocity.npy}, with zeros for
 * an ended run. {@code best.npy} has that shape too, and exists if the plan keeps best weights. {@code lbfgs.npy} has a
 * row for each perceptron that L-BFGS trains, see {@link Kept#rows}. {@code folds.npy} has the models for held-out
 * scores. {@code metrics.csv} goes up to the epoch before. {@code state.json} is written last and has the SHA-256
 * digests of the other files. If one does not match, the checkpoint is skipped.
 */
public final class CheckpointFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);
    static final String STATE = "state.json";
    private static final String WEIGHTS = "weights";
    private static final String SEARCHES = "lbfgs";
    private static final String BEST = "best";
    private static final String OF_FOLDS = "folds";
    private static final int KEPT = 3;

    /**
     * A training read from its folder, with the metrics of the epochs before the state's.
     *
     * @param foldModels the models for held-out scores; null if the training keeps none
     */
    public record Checkpoint(
            TrainingState state, List<EpochMetrics> metrics, Function<Run, PerceptronModel> foldModels) {}

    /** The content of {@code state.json} without the digests of the other files. */
    private record State(Map<String, String> training, int epoch, List<EndedRun> ended) {

        private State {
            if (training == null || ended == null || ended.contains(null)) {
                throw new IllegalArgumentException("expected training and ended, got none");
            }
        }
    }

    private record EndedRun(String run, int epoch, Ending ending) {}

    private final Folder folder;
    private final TrainingPlan plan;
    private final int features;
    private final int classes;
    private final Map<String, String> training;
    private final FoldModels foldModels;

    /**
     * The checkpoints in the folder of a training. Only those with equal traits {@code training} are read.
     *
     * @param foldModels the models that checkpoints also store; null for none
     */
    public CheckpointFiles(
            Folder output,
            TrainingPlan plan,
            int features,
            int classes,
            List<TrainingRecord.Trait> training,
            FoldModels foldModels) {
        this.folder = output.child(Layout.CHECKPOINTS);
        this.plan = plan;
        this.features = features;
        this.classes = classes;
        this.foldModels = foldModels;
        this.training = new LinkedHashMap<>();
        training.forEach(trait -> this.training.put(trait.name(), trait.value()));
    }

    /**
     * Writes a checkpoint, and keeps the newest three.
     *
     * @param metrics of the epochs before that of the state
     * @throws UserException if it cannot be written; earlier checkpoints are kept
     */
    public void save(TrainingState state, List<EpochMetrics> metrics) {
        Folder checkpoint = folder.child(Layout.checkpoint(state.epoch()));
        checkpoint.delete(STATE);
        List<EndedRun> ended = state.ended().stream()
                .map(run -> new EndedRun(run.run().name(), run.last().epoch(), run.ending()))
                .toList();
        ObjectNode content = (ObjectNode) JsonFile.tree(new State(training, state.epoch(), ended));
        DigestedStacks stacks = new DigestedStacks(checkpoint, classes, content);
        stacks.write(WEIGHTS, plan.runs(), state::model, features);
        Arrays.stream(StepRule.values()).flatMap(rule -> rule.kept().stream()).forEach(name -> {
            Weights kept = state.kept().matrices().get(name);
            if (kept == null) {
                stacks.putNone(name);
            } else {
                stacks.write(name, plan.runs(), run -> kept(state, kept, run), features);
            }
        });
        if (plan.hasLbfgs()) {
            stacks.write(
                    SEARCHES,
                    searching(),
                    run -> Kept.rows(searches(state, run), classes, features, plan.history()),
                    Lbfgs.rowLength(features, plan.history()) - 1);
        }
        if (plan.keepsBest()) {
            stacks.write(BEST, plan.runs(), state::kept, features);
        }
        if (foldModels != null) {
            stacks.write(OF_FOLDS, FoldModels.runs(plan), this::ofFold, features);
        }
        byte[] metricsBytes = MetricsTable.TABLE.text(metrics).getBytes(StandardCharsets.UTF_8);
        checkpoint.write(Layout.METRICS, out -> out.write(metricsBytes));
        content.put("metricsSha256", DigestUtils.sha256Hex(metricsBytes));
        JsonFile.write(checkpoint, STATE, content);
        List<Integer> epochs = Layout.epochs(folder);
        epochs.stream().limit(Math.max(0, epochs.size() - KEPT)).forEach(this::delete);
    }

    private List<Run> searching() {
        return plan.runs().stream().filter(Run::isByLbfgs).toList();
    }

    private static List<Lbfgs> searches(TrainingState state, Run run) {
        int place = state.runs().indexOf(run);
        return place < 0 ? List.of() : state.kept().searches().get(place);
    }

    private PerceptronModel ofFold(Run run) {
        PerceptronModel model = foldModels.model(run);
        return model == null ? zeros() : model;
    }

    private PerceptronModel zeros() {
        return new PerceptronModel(classes, features, new double[classes * (features + 1)]);
    }

    private PerceptronModel kept(TrainingState state, Weights kept, Run run) {
        int column = state.runs().indexOf(run);
        return column < 0 ? zeros() : kept.run(column);
    }

    /** Reads the newest intact checkpoint, and warns of damaged ones. Throws UserException if it is beyond the plan. */
    public Optional<Checkpoint> newest() {
        Optional<Checkpoint> newest = Layout.epochs(folder).stream()
                .sorted(Comparator.reverseOrder())
                .map(this::load)
                .flatMap(Optional::stream)
                .findFirst();
        int epoch = newest.map(found -> found.state().epoch()).orElse(0);
        if (epoch > plan.epochs()) {
            throw new UserException(
                    "Expected a checkpoint of at most epoch " + plan.epochs() + " in " + folder.uri()
                            + ", found that of epoch " + epoch + "; ask for at least " + epoch + " epochs to go on",
                    Remedy.MORE_EPOCHS);
        }
        return newest;
    }

    public void removeAfter(int epoch) {
        Layout.epochs(folder).stream().filter(other -> other > epoch).forEach(this::delete);
    }

    private void delete(int epoch) {
        folder.delete(Layout.checkpoint(epoch));
    }

    private Optional<Checkpoint> load(int epoch) {
        Folder checkpoint = folder.child(Layout.checkpoint(epoch));
        try {
            return Optional.of(read(checkpoint, epoch));
        } catch (IllegalArgumentException e) {
            LOG.warn("Skipping the checkpoint {}: {}", checkpoint, e.getMessage());
            return Optional.empty();
        }
    }

    private Checkpoint read(Folder checkpoint, int epoch) {
        State state = JsonFile.read(checkpoint, STATE, State.class, "a checkpoint's state");
        require(training.equals(state.training()), "a checkpoint of this training");
        require(state.epoch() == epoch, "a checkpoint of epoch " + epoch + ", found one of epoch " + state.epoch());
        DigestedStacks stacks = new DigestedStacks(
                checkpoint, classes, JsonFile.read(checkpoint, STATE, ObjectNode.class, "a checkpoint's state"));
        Matrix matrix = stacks.read(WEIGHTS, plan.runs().size(), features + 1);
        Map<String, Matrix> kept = new LinkedHashMap<>();
        Arrays.stream(StepRule.values())
                .flatMap(rule -> rule.kept().stream())
                .filter(stacks::has)
                .forEach(name -> kept.put(name, stacks.read(name, plan.runs().size(), features + 1)));
        Matrix searches = plan.hasLbfgs()
                ? stacks.read(SEARCHES, searching().size(), Lbfgs.rowLength(features, plan.history()))
                : null;
        Matrix best = plan.keepsBest() ? stacks.read(BEST, plan.runs().size(), features + 1) : null;
        List<Run> held = FoldModels.runs(plan);
        Matrix ofFolds = foldModels == null ? null : stacks.read(OF_FOLDS, held.size(), features + 1);
        byte[] metricsBytes = checkpoint.read(Layout.METRICS, Integer.MAX_VALUE - 8);
        stacks.requireDigest("metrics", DigestUtils.sha256Hex(metricsBytes), Layout.METRICS);
        List<EpochMetrics> metrics = MetricsTable.parse(new String(metricsBytes, StandardCharsets.UTF_8));
        return new Checkpoint(
                state(state, matrix, kept, searches, best, metrics),
                metrics,
                ofFolds == null ? null : run -> ModelStack.get(ofFolds, classes, held.indexOf(run)));
    }

    private TrainingState state(
            State state,
            Matrix matrix,
            Map<String, Matrix> kept,
            Matrix searches,
            Matrix bestWeights,
            List<EpochMetrics> metrics) {
        Map<Run, List<EpochMetrics>> byRun = Recording.byRun(metrics);
        List<Run> running = new ArrayList<>(plan.runs());
        List<TrainedRun> ended = new ArrayList<>();
        for (EndedRun run : state.ended()) {
            EpochMetrics last = metrics.stream()
                    .filter(row ->
                            row.epoch() == run.epoch() && row.run().name().equals(run.run()))
                    .findFirst()
                    .orElseThrow(() -> new UserException("Expected metrics of the last epoch of " + run.run()));
            require(running.remove(last.run()) && run.ending() != null, "only ended runs of the plan");
            ended.add(new TrainedRun(
                    last, model(matrix, last.run()), run.ending(), best(last.run(), byRun, bestWeights)));
        }
        require(!running.isEmpty(), "a run that has not ended");
        List<BestError> best =
                running.stream().map(run -> best(run, byRun, bestWeights)).toList();
        Map<String, Weights> keptByRunning = new LinkedHashMap<>();
        kept.forEach((name, one) -> keptByRunning.put(name, weights(one, running)));
        List<List<Lbfgs>> searchesByRunning = running.stream()
                .map(run -> run.isByLbfgs()
                        ? Kept.searches(
                                ModelStack.get(searches, classes, searching().indexOf(run)), features)
                        : List.<Lbfgs>of())
                .toList();
        return new TrainingState(
                state.epoch(),
                running,
                weights(matrix, running),
                new Kept(keptByRunning, searchesByRunning),
                best,
                ended);
    }

    private BestError best(Run run, Map<Run, List<EpochMetrics>> metrics, Matrix weights) {
        List<EpochMetrics> rows = metrics.getOrDefault(run, List.of());
        return weights == null ? BestError.of(rows) : BestError.of(rows, model(weights, run));
    }

    private Weights weights(Matrix matrix, List<Run> runs) {
        return Weights.of(runs.stream().map(run -> model(matrix, run)).toList());
    }

    private PerceptronModel model(Matrix matrix, Run run) {
        return ModelStack.get(matrix, classes, plan.runs().indexOf(run));
    }

    static void require(boolean holds, String expected) {
        if (!holds) {
            throw new UserException("Expected " + expected);
        }
    }
}
