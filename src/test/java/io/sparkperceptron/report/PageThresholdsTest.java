package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.analysis.FoldErrors;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageThresholdsTest {

    private static final Run ALL_ROWS = new Run(Loss.MSE, 1);

    /**
     * The run on all rows ends after one epoch, at a mean of 0.35. The folds reach 0.25 after two epochs, and less than
     * 0.15 after three.
     */
    @Test
    void errorsOfFoldsCountAfterTheRunOnAllRowsHasEnded() {
        FoldErrors folds = new FoldErrors(List.of(
                epochs(new Run(ALL_ROWS.setting(), 0, "fold-0"), 0.5, 0.3, 0.1),
                epochs(new Run(ALL_ROWS.setting(), 1, "fold-1"), 0.5, 0.4, 0.4, 0.19)));
        RunHistory run = new RunHistory(epochs(ALL_ROWS, 0.9, 0.9), Ending.CONVERGED, 0, folds);
        PageThresholds thresholds = PageThresholds.of(List.of(run));
        assertEquals(List.of(0.5, 0.4, 0.3, 0.2, 0.15), thresholds.fractions());
        assertEquals(List.of(0, 1, 2, 3, 3), thresholds.reached(run));
    }

    private static List<EpochMetrics> epochs(Run run, double... errors) {
        return IntStream.range(0, errors.length)
                .mapToObj(t -> new MadeUpMetrics(t, run)
                        .sets(1, errors[t])
                        .validation(1, errors[t])
                        .metrics())
                .toList();
    }
}
