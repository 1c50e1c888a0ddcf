package io.sparkperceptron.analysis;

import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.training.EpochMetrics;
import java.util.List;
import org.apache.commons.lang3.Validate;

/**
 * The validation errors e_f of one setting's K folds at every epoch: their mean m and its standard error s.
 *
 * <pre>m = sum_f e_f / K, s = sqrt(sum_f (e_f - m)^2 / (K - 1) / K)</pre>
 *
 * A run that has ended keeps its last error, because its weights no longer change. The mean is infinite from the epoch
 * at which a fold's run diverges. The same holds for costs.
 */
public final class FoldErrors {

    public static final FoldErrors NONE = new FoldErrors(List.of());

    private final int count;
    private final double[] meanCosts;
    private final double[] means;
    private final double[] standardErrors;

    /** Takes the metrics of each fold's run, entry t for epoch t. There must be no fold, or at least two. */
    public FoldErrors(List<List<EpochMetrics>> folds) {
        Validate.isTrue(folds.size() != 1, "expected two folds at least, got one");
        folds.forEach(RunHistory::requireAll);
        this.count = folds.size();
        int epochs = folds.stream().mapToInt(List::size).max().orElse(0);
        this.meanCosts = new double[epochs];
        this.means = new double[epochs];
        this.standardErrors = new double[epochs];
        for (int epoch = 0; epoch < epochs; epoch++) {
            int t = epoch;
            List<EpochMetrics> now = folds.stream()
                    .map(fold -> fold.get(Math.min(t, fold.size() - 1)))
                    .toList();
            double[] errors = now.stream().mapToDouble(FoldErrors::error).toArray();
            means[t] = mean(errors);
            meanCosts[t] = mean(
                    now.stream().mapToDouble(fold -> fold.validation().cost()).toArray());
            double squares = 0;
            for (double error : errors) {
                squares += (error - means[t]) * (error - means[t]);
            }
            standardErrors[t] = Math.sqrt(squares / (count - 1) / count);
        }
    }

    /** The validation error of a fold's run; infinite if the run has diverged. */
    static double error(EpochMetrics at) {
        return at.isFinite() ? at.validation().error() : Double.POSITIVE_INFINITY;
    }

    /** The mean error of the folds' runs, with the bits of {@link #mean(int)} if the folds ascend. */
    static double mean(List<EpochMetrics> folds) {
        return mean(folds.stream().mapToDouble(FoldErrors::error).toArray());
    }

    static double mean(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum / numbers.length;
    }

    /** K; 0 without folds. */
    public int count() {
        return count;
    }

    /** The last epoch of the fold trained longest; -1 without folds. */
    int lastEpoch() {
        return means.length - 1;
    }

    /** The mean error after {@code epoch} updates; infinite once a fold has diverged. */
    public double mean(int epoch) {
        return means[Math.min(epoch, means.length - 1)];
    }

    /** The mean cost and the mean error; infinite and NaN once a fold has diverged. */
    public SetMetrics metrics(int epoch) {
        double mean = mean(epoch);
        return Double.isFinite(mean)
                ? new SetMetrics(meanCosts[Math.min(epoch, means.length - 1)], mean)
                : new SetMetrics(Double.POSITIVE_INFINITY, Double.NaN);
    }

    /** The standard error of the mean; NaN if the mean is infinite. */
    public double standardError(int epoch) {
        return standardErrors[Math.min(epoch, means.length - 1)];
    }
}
