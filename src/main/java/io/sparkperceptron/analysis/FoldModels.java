package io.sparkperceptron.analysis;

import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.training.BestError;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The weights of each setting's folds at the epoch t* with the lowest mean error, see {@link FoldChoice}. They are
 * copied during training, because t* is unknown until the end.
 */
public final class FoldModels implements TrainingListener {

    private final Map<Setting, List<Run>> folds;
    private final Map<Run, Double> errors = new HashMap<>();
    private final Map<Setting, BestError> best = new HashMap<>();
    private final Map<Run, PerceptronModel> models = new HashMap<>();
    private TrainingState state;

    /** A listener for a plan with folds, before its first epoch. */
    public FoldModels(TrainingPlan plan) {
        this.folds = runs(plan).stream()
                .collect(Collectors.groupingBy(Run::setting, LinkedHashMap::new, Collectors.toList()));
    }

    /** Continues with the metrics of a training's earlier epochs and the models kept so far. Modified: this. */
    public void resume(List<EpochMetrics> earlier, Function<Run, PerceptronModel> kept) {
        earlier.stream()
                .collect(Collectors.groupingBy(EpochMetrics::epoch, TreeMap::new, Collectors.toList()))
                .forEach((epoch, metrics) -> add(epoch, metrics, run -> null));
        models.replaceAll((run, none) -> kept.apply(run));
    }

    /** The runs whose models are kept: all that leave out a fold, in the plan's order. */
    public static List<Run> runs(TrainingPlan plan) {
        return plan.runs().stream().filter(run -> !run.isOnAllRows()).toList();
    }

    @Override
    public void epochStarted(TrainingState state) {
        this.state = state;
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        add(epoch, metrics, state::model);
    }

    @Override
    public void trainingEnded() {
        state = null;
    }

    private void add(int epoch, List<EpochMetrics> metrics, Function<Run, PerceptronModel> now) {
        metrics.forEach(row -> errors.put(row.run(), FoldErrors.error(row)));
        folds.forEach((setting, runs) -> {
            double mean = FoldErrors.mean(runs.stream().mapToDouble(errors::get).toArray());
            BestError before = best.getOrDefault(setting, BestError.NONE);
            BestError after = before.and(epoch, mean);
            if (!after.equals(before)) {
                best.put(setting, after);
                runs.forEach(run -> models.put(run, now.apply(run)));
            }
        });
    }

    /** The model of a run without a fold; null before the first epoch, or if its setting diverged at once. */
    public PerceptronModel model(Run run) {
        return models.get(run);
    }

    /** The models of a setting; entry f is the model trained without fold f. */
    public List<PerceptronModel> of(Setting setting) {
        return folds.get(setting).stream()
                .sorted(Comparator.comparingInt(Run::heldOutFold))
                .map(models::get)
                .toList();
    }
}
