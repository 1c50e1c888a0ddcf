package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened in a training, kept in memory: the metrics of all epochs, and the film. */
public final class Recording implements TrainingListener, Film {

    private final TrainingPlan plan;
    private final Map<Integer, TrainingState> frames = new TreeMap<>();
    private final List<List<EpochMetrics>> epochs = new ArrayList<>();

    /** Nothing recorded yet. */
    public Recording(TrainingPlan plan) {
        this.plan = plan;
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (Film.hasFrame(
                state.epoch(), plan, state.weights().features(), state.weights().classes())) {
            frames.put(state.epoch(), state);
        }
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        epochs.add(metrics);
    }

    @Override
    public List<Integer> epochs() {
        return List.copyOf(frames.keySet());
    }

    @Override
    public List<PerceptronModel> frame(int epoch) {
        TrainingState state = frames.get(epoch);
        return plan.runs().stream().map(state::model).toList();
    }

    /** The metrics of each run's epochs, in the plan's order. */
    public Map<Run, List<EpochMetrics>> metrics() {
        Map<Run, List<EpochMetrics>> metrics = new LinkedHashMap<>();
        plan.runs().forEach(run -> metrics.put(run, new ArrayList<>()));
        epochs.forEach(rows -> rows.forEach(row -> metrics.get(row.run()).add(row)));
        return metrics;
    }

    /** Tells others of it, as they would have been told while it happened; of the starts of epochs only where there is a frame. */
    public void replay(List<? extends TrainingListener> listeners) {
        for (int epoch = 0; epoch < epochs.size(); epoch++) {
            for (TrainingListener listener : listeners) {
                if (frames.containsKey(epoch)) {
                    listener.epochStarted(frames.get(epoch));
                }
                listener.epochFinished(epoch, epochs.get(epoch));
            }
        }
        listeners.forEach(TrainingListener::trainingEnded);
    }
}
