package io.sparkperceptron.analysis;

import io.sparkperceptron.data.ExampleBlock;
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

    /** Nothing looked at yet; else as {@link Evaluation}. */
    public Comparison(int runs, int classes, int examplesPerCell) {
        this.runs = runs;
        this.onlyFirstWrong = new long[runs * runs];
        for (int run = 0; run < runs; run++) {
            evaluations.add(new Evaluation(classes, examplesPerCell));
        }
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
        return this;
    }

    public Evaluation of(int run) {
        return evaluations.get(run);
    }

    public List<Evaluation> evaluations() {
        return List.copyOf(evaluations);
    }

    /** The examples that one run gets wrong and another right. */
    public long onlyFirstWrong(int first, int second) {
        return onlyFirstWrong[first * runs + second];
    }
}
