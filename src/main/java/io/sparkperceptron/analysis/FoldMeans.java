package io.sparkperceptron.analysis;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The mean validation error of each setting's folds while they are trained, as {@link FoldErrors} has it afterwards. */
public final class FoldMeans {

    /** A run that has ended keeps its error. The order makes the last bit of a mean always the same. */
    private final Map<String, EpochMetrics> last = new TreeMap<>();

    /** Takes metrics, and ignores runs on all rows. Modified: this. */
    public void add(List<EpochMetrics> metrics) {
        metrics.stream()
                .filter(one -> !one.run().isOnAllRows())
                .forEach(one -> last.put(one.run().name(), one));
    }

    /** The mean error over the folds of each setting; infinite if one has diverged. Nothing without folds. */
    public Map<Setting, Double> errors() {
        return last.values().stream()
                .collect(Collectors.groupingBy(
                        one -> one.run().setting(), Collectors.averagingDouble(FoldErrors::error)));
    }
}
