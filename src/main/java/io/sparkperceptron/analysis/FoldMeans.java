package io.sparkperceptron.analysis;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The mean validation error of each setting's folds during training, up to rounding that of {@link FoldErrors}. */
public final class FoldMeans {

    /** The last metrics of each run. A fixed order gives a mean the same bits every time. */
    private final Map<String, EpochMetrics> last = new TreeMap<>();

    /** Takes metrics, and ignores runs on all rows. Modified: this. */
    public void add(List<EpochMetrics> metrics) {
        metrics.stream()
                .filter(one -> !one.run().isOnAllRows())
                .forEach(one -> last.put(one.run().name(), one));
    }

    /** The mean error over the folds of each setting; infinite if a fold has diverged. Empty without folds. */
    public Map<Setting, Double> errors() {
        return last.values().stream()
                .collect(Collectors.groupingBy(
                        one -> one.run().setting(), Collectors.averagingDouble(FoldErrors::error)));
    }
}
