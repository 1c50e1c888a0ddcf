package io.sparkperceptron.analysis;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The best run on all rows at an epoch: the run with the lowest mean error over its setting's folds that are still
 * trained, or, without such folds, with the lowest {@link EpochMetrics#choosingError}.
 *
 * @param runs the number of runs on all rows that are still trained
 * @param foldsError the mean over the folds; infinite if a fold's costs are; NaN without folds
 */
public record EpochLeader(EpochMetrics metrics, int runs, double foldsError) {

    public static EpochLeader of(List<EpochMetrics> metrics) {
        Map<Setting, Double> byFolds = metrics.stream()
                .filter(run -> !run.run().isOnAllRows())
                .collect(Collectors.groupingBy(
                        run -> run.run().setting(),
                        Collectors.collectingAndThen(Collectors.toList(), FoldErrors::mean)));
        List<EpochMetrics> onAllRows =
                metrics.stream().filter(run -> run.run().isOnAllRows()).toList();
        List<EpochMetrics> candidates = onAllRows.isEmpty() ? metrics : onAllRows;
        EpochMetrics best = candidates.stream()
                .min(Comparator.comparingDouble(
                        run -> byFolds.getOrDefault(run.run().setting(), run.choosingError())))
                .orElseThrow();
        return new EpochLeader(
                best, candidates.size(), byFolds.getOrDefault(best.run().setting(), Double.NaN));
    }
}
