package io.sparkperceptron.analysis;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.gradient.RowScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What several runs make of one set: each one's {@link Evaluation}, and how often one is wrong where another is right.
 * Comparisons on parts of the set merge, in any order, to that on the whole.
 */
public final class Comparison implements Serializable {

    private final ArrayList<Evaluation> evaluations = new ArrayList<>();
    private final long[] onlyFirstWrong;
    private final int runs;
    private long hash;

    /** Nothing looked at yet; else as {@link Evaluation}. */
    public Comparison(int runs, int classes, int examplesPerCell) {
        this.runs = runs;
        this.onlyFirstWrong = new long[runs * runs];
        for (int run = 0; run < runs; run++) {
            evaluations.add(new Evaluation(classes, examplesPerCell));
        }
    }

    /** Takes note of a block whose rows are taken in. Modified: this. */
    public void addHash(ExampleBlock block) {
        hash += block.hash();
    }

    /** Takes in a row of a block. Modified: this. */
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

    /** Takes in another part of the set. Modified: this. */
    public Comparison merge(Comparison other) {
        for (int run = 0; run < runs; run++) {
            evaluations.get(run).merge(other.evaluations.get(run));
        }
        for (int i = 0; i < onlyFirstWrong.length; i++) {
            onlyFirstWrong[i] += other.onlyFirstWrong[i];
        }
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
     * For every pair of some runs the examples that the first gets wrong and the second right: entry a R + b for the a-th and the b-th.
     *
     * @param indices of the runs; -1 for one that was not looked at, which counts none
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
