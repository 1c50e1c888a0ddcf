package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the {@link StepRule}s of the runs still trained keep from one step to the next. Nobody writes to it.
 *
 * @param matrices by their names, see {@link StepRule#kept()}; each has the layout of the weights
 * @param searches of the runs that L-BFGS trains, one for each perceptron
 */
public record Kept(Map<String, Weights> matrices, Map<Run, List<Lbfgs>> searches) {

    /** What is kept before the first step from these weights. */
    static Kept start(List<Run> runs, Weights weights) {
        Map<String, Weights> matrices = new LinkedHashMap<>();
        StepRule.kept(runs)
                .forEach(
                        name -> matrices.put(name, new Weights(weights.features(), weights.classes(), weights.runs())));
        Map<Run, List<Lbfgs>> searches = new LinkedHashMap<>();
        for (int run = 0; run < runs.size(); run++) {
            if (runs.get(run).setting().optimizer() == Optimizer.LBFGS) {
                int first = run * weights.classes();
                searches.put(
                        runs.get(run),
                        IntStream.range(first, first + weights.classes())
                                .mapToObj(column -> Lbfgs.start(weights.column(column)))
                                .toList());
            }
        }
        return new Kept(matrices, searches);
    }

    /** What is kept for some of the runs. */
    Kept of(List<Run> runs, int[] places) {
        Map<String, Weights> fewer = new LinkedHashMap<>();
        matrices.forEach((name, matrix) -> fewer.put(name, matrix.keepRuns(places)));
        Map<Run, List<Lbfgs>> others = new LinkedHashMap<>(searches);
        others.keySet().retainAll(runs);
        return new Kept(fewer, others);
    }

    /** The run's searches as rows of a matrix, see {@link Lbfgs#rowLength}; zeros if it has none. */
    public PerceptronModel searches(Run run, int classes, int features, int pairs) {
        int length = Lbfgs.rowLength(features, pairs);
        double[] rows = new double[Math.multiplyExact(classes, length)];
        List<Lbfgs> own = searches.getOrDefault(run, List.of());
        for (int c = 0; c < own.size(); c++) {
            System.arraycopy(own.get(c).row(pairs), 0, rows, c * length, length);
        }
        return new PerceptronModel(classes, length - 1, rows);
    }

    /** The searches that have these rows. */
    public static List<Lbfgs> searches(PerceptronModel rows, int features) {
        int length = rows.features() + 1;
        double[] values = rows.toArray();
        return IntStream.range(0, rows.classes())
                .mapToObj(c -> Lbfgs.of(Arrays.copyOfRange(values, c * length, (c + 1) * length), features))
                .toList();
    }
}
