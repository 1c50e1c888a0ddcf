package io.sparkperceptron.report;

import io.sparkperceptron.analysis.RunHistory;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Errors by which the page compares how fast runs learn: the lowest of a fixed list that some run reaches. What counts
 * is the first epoch with such an error, because later epochs do not change it.
 */
record PageThresholds(List<Double> fractions) {

    private static final List<Double> FIXED =
            List.of(0.5, 0.4, 0.3, 0.2, 0.15, 0.12, 0.1, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01);
    private static final int MOST = 6;

    static PageThresholds of(List<RunHistory> runs) {
        double best =
                runs.stream().flatMapToDouble(PageThresholds::errors).min().orElseThrow();
        List<Double> reached =
                FIXED.stream().filter(threshold -> threshold >= best).toList();
        return new PageThresholds(reached.subList(Math.max(0, reached.size() - MOST), reached.size()));
    }

    /** The first epoch with each threshold or less; null if the run does not reach it. */
    List<Integer> reached(RunHistory run) {
        double[] errors = errors(run).toArray();
        return fractions.stream()
                .map(threshold -> IntStream.range(0, errors.length)
                        .filter(epoch -> errors[epoch] <= threshold)
                        .boxed()
                        .findFirst()
                        .orElse(null))
                .toList();
    }

    private static DoubleStream errors(RunHistory run) {
        return IntStream.rangeClosed(0, run.lastChoosingEpoch()).mapToDouble(run::choosingError);
    }
}
