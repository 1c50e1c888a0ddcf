package io.sparkperceptron.analysis;

import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.training.BestError;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.lang3.Validate;

/**
 * All epochs of one run.
 *
 * @param epochs entry t is epoch t
 * @param ending why the run ended
 * @param stuckUnits perceptrons that hardly learn: see {@link Evaluation#stuckUnits}
 * @param folds the errors of the folds of the same setting; if there are folds, they choose the run
 */
public record RunHistory(List<EpochMetrics> epochs, Ending ending, int stuckUnits, FoldErrors folds) {

    /** A run without folds. */
    public RunHistory(List<EpochMetrics> epochs, Ending ending, int stuckUnits) {
        this(epochs, ending, stuckUnits, FoldErrors.NONE);
    }

    public RunHistory {
        epochs = List.copyOf(epochs);
        requireAll(epochs);
        Validate.isTrue(!epochs.isEmpty(), "expected at least one epoch, got none");
    }

    /** A run on all rows with the errors of its folds, from the metrics of all runs. */
    public static RunHistory of(Run run, Ending ending, int stuckUnits, Map<Run, List<EpochMetrics>> metrics) {
        return new RunHistory(metrics.get(run), ending, stuckUnits, new FoldErrors(folds(run.setting(), metrics)));
    }

    /** Throws IllegalArgumentException unless entry t is epoch t. */
    static void requireAll(List<EpochMetrics> epochs) {
        for (int t = 0; t < epochs.size(); t++) {
            if (epochs.get(t).epoch() != t) {
                throw new IllegalArgumentException("expected the metrics of epoch " + t + " of "
                        + epochs.get(t).run().name() + ", got those of epoch "
                        + epochs.get(t).epoch());
            }
        }
    }

    /** The metrics of a setting's runs that leave a fold out, in the order of {@code metrics}. */
    public static List<List<EpochMetrics>> folds(Setting setting, Map<Run, List<EpochMetrics>> metrics) {
        return metrics.entrySet().stream()
                .filter(entry -> !entry.getKey().isOnAllRows()
                        && entry.getKey().setting().equals(setting))
                .map(Map.Entry::getValue)
                .toList();
    }

    public Run run() {
        return last().run();
    }

    public EpochMetrics last() {
        return epochs.get(epochs.size() - 1);
    }

    public int lastEpoch() {
        return epochs.size() - 1;
    }

    /** The last epoch with a choosing error. Folds may be trained for longer than the run on all rows. */
    public int lastChoosingEpoch() {
        return Math.max(lastEpoch(), folds.lastEpoch());
    }

    public boolean diverged() {
        return ending == Ending.DIVERGED;
    }

    /**
     * The error by which runs and epochs are chosen, up to {@link #lastChoosingEpoch}: the mean over the folds, or
     * without folds {@link EpochMetrics#choosingError}.
     */
    public double choosingError(int epoch) {
        return folds.count() > 0 ? folds.mean(epoch) : epochs.get(epoch).choosingError();
    }

    /** The mean over the folds, or without folds the metrics of the validation rows. */
    public SetMetrics validation(int epoch) {
        return folds.count() > 0 ? folds.metrics(epoch) : epochs.get(epoch).validation();
    }

    /** The choosing error at the end of the run on all rows. */
    public double lastChoosingError() {
        return choosingError(lastEpoch());
    }

    /** The lowest choosing error of all epochs up to {@link #lastChoosingEpoch}. */
    public BestError best() {
        BestError best = BestError.NONE;
        for (int epoch = 0; epoch <= lastChoosingEpoch(); epoch++) {
            best = best.and(epoch, choosingError(epoch));
        }
        return best;
    }

    /**
     * The epochs in which the objective rose by more than a millionth. For L-BFGS, which returns from a rejected step,
     * the epochs in which the objective was that far above the lowest before: at least one perceptron's step was
     * rejected.
     */
    int[] risen() {
        IntStream.Builder risen = IntStream.builder();
        double before = epochs.get(0).objective();
        for (int epoch = 1; epoch <= lastEpoch(); epoch++) {
            double now = epochs.get(epoch).objective();
            if (now > before * (1 + 1e-6)) {
                risen.add(epoch);
            }
            before = run().isByLbfgs() ? Math.min(before, now) : now;
        }
        return risen.build().toArray();
    }

    /** Whether the objective fell by more than a thousandth over the last tenth of the epochs. */
    boolean isStillFalling() {
        return lastFall() > 1e-3;
    }

    /** The fraction by which the objective fell over the last tenth of the epochs; negative if it rose. */
    double lastFall() {
        int before = Math.max(0, Math.min(lastEpoch() - 1, lastEpoch() - lastEpoch() / 10));
        return 1 - objective(lastEpoch()) / objective(before);
    }

    /** The objective after an epoch; for L-BFGS, which returns from a rejected step, the lowest so far. */
    private double objective(int epoch) {
        return epochs.subList(run().isByLbfgs() ? 0 : epoch, epoch + 1).stream()
                .mapToDouble(EpochMetrics::objective)
                .min()
                .orElseThrow();
    }
}
