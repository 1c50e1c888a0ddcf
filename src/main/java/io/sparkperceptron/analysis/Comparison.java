package io.sparkperceptron.analysis;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.gradient.RowScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The {@link Evaluation} of several runs on one set, and how often one run is wrong where another is right. Comparisons
 * of parts of the set can be merged in any order.
 */
public final class Comparison implements Serializable {

    private final ArrayList<Evaluation> evaluations = new ArrayList<>();
    private final long[] onlyFirstWrong;
    private final int runs;
    private long hash;

    /** An empty comparison; see {@link Evaluation#Evaluation}. */
    public Comparison(int runs, int classes, int examplesPerCell) {
        this.runs = runs;
        this.onlyFirstWrong = new long[runs * runs];
        for (int run = 0; run < runs; run++) {
            evaluations.add(new Evaluation(classes, examplesPerCell));
        }
    }

    /** Adds the hash of a block whose rows are added. Modified: this. */
    public void addHash(ExampleBlock block) {
        hash += block.hash();
    }

    /** Adds a row of a block. Modified: this. */
    public void add(ExampleBlock block, int row, RowScores scores) {
        boolean[] wrong = new boolean[runs];
        for (int run = 0; run < runs; run++) {
            evaluations.get(run).add(block, row, scores, run);
            wrong[run] = scores.predicted(run) != block.label(row);
        }
        for (int first = 0; first < runs; first++) {
            for (int second = 0; second < runs && wrong[first]; second++) {
                onlyFirstWrong[first * runs + second] += wrong[second] ? 0 : 1;
            }
        }
    }

    /** Adds another part of the set. Modified: this. */
    public Comparison merge(Comparison other) {
        for (int run = 0; run < runs; run++) {
            evaluations.get(run).merge(other.evaluations.get(run));
        }
        Arrays.setAll(onlyFirstWrong, i -> onlyFirstWrong[i] + other.onlyFirstWrong[i]);
        hash += other.hash;
        return this;
    }

    /** The sum of the blocks' hashes, which wraps around. */
    public long hash() {
        return hash;
    }

    public Evaluation of(int run) {
        return evaluations.get(run);
    }

    public List<Evaluation> evaluations() {
        return List.copyOf(evaluations);
    }

    /**
     * Entry a R + b is the number of examples that the a-th of these R runs gets wrong and the b-th gets right; 0 if an
     * index is -1.
     */
    public List<Long> onlyFirstWrong(int... indices) {
        List<Long> counts = new ArrayList<>();
        for (int first : indices) {
            for (int second : indices) {
                counts.add(first < 0 || second < 0 ? 0 : onlyFirstWrong[first * runs + second]);
            }
        }
        return counts;
    }
}
