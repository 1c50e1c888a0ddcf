package io.sparkperceptron.analysis;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The mean validation error of each setting's folds during training, with the bits of {@link FoldErrors}. */
public final class FoldMeans {

    private final Map<Run, EpochMetrics> last = new HashMap<>();

    /** Takes metrics, and ignores runs on all rows. Modified: this. */
    public void add(List<EpochMetrics> metrics) {
        metrics.stream().filter(one -> !one.run().isOnAllRows()).forEach(one -> last.put(one.run(), one));
    }

    /** The mean error over the folds of each setting; infinite if a fold has diverged. Empty without folds. */
    public Map<Setting, Double> errors() {
        return last.values().stream()
                .sorted(Comparator.comparing(one -> one.run().heldOutFold()))
                .collect(Collectors.groupingBy(
                        one -> one.run().setting(),
                        Collectors.collectingAndThen(Collectors.toList(), FoldErrors::mean)));
    }
}
