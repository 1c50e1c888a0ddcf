package io.sparkperceptron.training;

import io.sparkperceptron.block.ContentHash;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The state that {@link StepRule}s keep from one step to the next, for the runs still trained. Never written to.
 *
 * @param matrices by name, see {@link StepRule#kept()}; each has the layout of the weights
 * @param searches for each run, one search per perceptron; empty unless L-BFGS trains the run
 */
public record Kept(Map<String, Weights> matrices, List<List<Lbfgs>> searches) {

    /** The state before the first step from these weights. */
    static Kept start(List<Run> runs, Weights weights) {
        Map<String, Weights> matrices = new LinkedHashMap<>();
        for (String name : StepRule.kept(runs)) {
            matrices.put(name, new Weights(weights.features(), weights.classes(), weights.runs()));
        }
        List<List<Lbfgs>> searches = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            int perceptrons = runs.get(run).isByLbfgs() ? weights.classes() : 0;
            searches.add(IntStream.range(run * weights.classes(), run * weights.classes() + perceptrons)
                    .mapToObj(column -> Lbfgs.start(weights.column(column)))
                    .toList());
        }
        return new Kept(matrices, searches);
    }

    /** The state for the runs at these indices. */
    Kept keepRuns(int[] kept) {
        Map<String, Weights> fewer = new LinkedHashMap<>();
        matrices.forEach((name, matrix) -> fewer.put(name, matrix.keepRuns(kept)));
        return new Kept(fewer, Arrays.stream(kept).mapToObj(searches::get).toList());
    }

    /**
     * A 64-bit {@link ContentHash} of each run's weights and of the state that the run's own rule keeps, in the order
     * of the features. The run's next epoch depends on nothing else. If a digest occurs again, the run repeats its
     * epochs, except with probability 2^-64.
     */
    long[] digests(Weights weights, List<Run> runs) {
        long[] digests = new long[weights.runs()];
        mix(weights, digests);
        matrices.forEach((name, matrix) -> {
            long[] with = digests.clone();
            mix(matrix, with);
            for (int run = 0; run < digests.length; run++) {
                if (StepRule.of(runs.get(run).setting()).kept().contains(name)) {
                    digests[run] = with[run];
                }
            }
        });
        for (int run = 0; run < searches.size(); run++) {
            for (Lbfgs search : searches.get(run)) {
                digests[run] = search.digest(digests[run]);
            }
        }
        return digests;
    }

    /** Modified: digests. */
    private static void mix(Weights weights, long[] digests) {
        int classes = weights.classes();
        double[] values = weights.values();
        for (int i = 0; i < values.length; ) {
            for (int run = 0; run < digests.length; run++) {
                long digest = digests[run];
                for (int end = i + classes; i < end; i++) {
                    digest = ContentHash.mix(digest, Double.doubleToRawLongBits(values[i]));
                }
                digests[run] = digest;
            }
        }
    }

    /** One run's searches as rows of a matrix, see {@link Lbfgs#rowLength}. Rows without a search are zeros. */
    public static PerceptronModel rows(List<Lbfgs> searches, int classes, int features, int history) {
        int length = Lbfgs.rowLength(features, history);
        double[] rows = new double[Math.multiplyExact(classes, length)];
        for (int c = 0; c < searches.size(); c++) {
            System.arraycopy(searches.get(c).row(history), 0, rows, c * length, length);
        }
        return new PerceptronModel(classes, length - 1, rows);
    }

    /** The searches that have these {@link #rows}. */
    public static List<Lbfgs> searches(PerceptronModel rows, int features) {
        int length = rows.features() + 1;
        double[] values = rows.toArray();
        return IntStream.range(0, rows.classes())
                .mapToObj(c -> Lbfgs.of(Arrays.copyOfRange(values, c * length, (c + 1) * length), features))
                .toList();
    }
}
