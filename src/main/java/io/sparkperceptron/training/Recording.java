package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The metrics of all epochs of a training, in memory. For a training without a folder, also its film and the last
 * weights with finite costs of runs that diverge.
 */
public final class Recording implements TrainingListener, Film {

    private final TrainingPlan filmed;
    private final Map<Integer, TrainingState> frames = new TreeMap<>();
    private final List<EpochMetrics> rows;
    private final Map<Run, PerceptronModel> lastFinite = new HashMap<>();
    private TrainingState before;
    private TrainingState now;

    /** A recording with a film, for a training that is about to start. */
    public Recording(TrainingPlan plan) {
        this.filmed = plan;
        this.rows = new ArrayList<>();
    }

    /** A recording without a film, for a training that continues after these epochs. */
    public Recording(List<EpochMetrics> earlier) {
        this.filmed = null;
        this.rows = new ArrayList<>(earlier);
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (filmed == null) {
            return;
        }
        before = now == null ? state : now;
        now = state;
        if (Film.hasFrame(
                state.epoch(),
                filmed,
                state.weights().features(),
                state.weights().classes())) {
            frames.put(state.epoch(), state);
        }
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        rows.addAll(metrics);
    }

    @Override
    public void runLeft(EpochMetrics metrics, Ending ending) {
        if (filmed != null && ending == Ending.DIVERGED) {
            lastFinite.put(metrics.run(), before.model(metrics.run()));
        }
    }

    @Override
    public void trainingEnded() {
        before = null;
        now = null;
    }

    /**
     * A diverged run with its last weights that had finite costs, those of the epoch before. A run that diverges at
     * epoch 0 keeps its starting weights.
     */
    public TrainedRun keepingLastFinite(TrainedRun run) {
        PerceptronModel weights = lastFinite.get(run.run());
        return weights == null ? run : run.keeping(Math.max(run.last().epoch() - 1, 0), weights);
    }

    @Override
    public List<Integer> epochs() {
        return List.copyOf(frames.keySet());
    }

    @Override
    public List<PerceptronModel> frame(int epoch) {
        TrainingState state = frames.get(epoch);
        return filmed.runs().stream().map(state::model).toList();
    }

    /** All metrics, epoch by epoch, and in the plan's order within an epoch. */
    public List<EpochMetrics> rows() {
        return List.copyOf(rows);
    }

    /** The metrics of each run's epochs, in the plan's order. */
    public Map<Run, List<EpochMetrics>> metrics() {
        return byRun(rows);
    }

    /** Groups rows by run and keeps their order. */
    public static Map<Run, List<EpochMetrics>> byRun(List<EpochMetrics> rows) {
        return rows.stream().collect(Collectors.groupingBy(EpochMetrics::run, LinkedHashMap::new, Collectors.toList()));
    }

    /** Passes the states of all frames to another film. */
    public void replayFilm(TrainingListener film) {
        frames.values().forEach(film::epochStarted);
    }
}
