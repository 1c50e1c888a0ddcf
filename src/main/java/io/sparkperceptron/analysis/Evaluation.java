package io.sparkperceptron.analysis;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.gradient.RowScores;
import io.sparkperceptron.model.Sigmoid;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The performance of one run on a set. Evaluations of parts of the set can be merged in any order. */
public final class Evaluation implements Serializable {

    private final ConfusionMatrix confusion;
    private final long[] binaryErrors;
    private final long[] hopelessMisses;
    private final long[] yes;
    private final int examplesPerCell;
    /** Examples by label * classes + prediction, the most confident first. */
    private final Map<Integer, List<ScoredExample>> cells = new HashMap<>();

    private long ties;
    private long unclaimed;
    private long contested;

    /** An empty evaluation. Keeps the {@code examplesPerCell} most confident examples of each label and prediction. */
    public Evaluation(int classes, int examplesPerCell) {
        this.confusion = new ConfusionMatrix(classes);
        this.binaryErrors = new long[classes];
        this.hopelessMisses = new long[classes];
        this.yes = new long[classes];
        this.examplesPerCell = examplesPerCell;
    }

    /** Adds a row of a block, with the scores of one run. Modified: this. */
    public void add(ExampleBlock block, int row, RowScores scores, int run) {
        int label = block.label(row);
        int prediction = scores.predicted(run);
        int classes = confusion.classes();
        double best = scores.z(run * classes + prediction);
        confusion.add(label, prediction);
        int claims = 0;
        int largest = 0;
        for (int c = 0; c < classes; c++) {
            double z = scores.z(run * classes + c);
            claims += z > 0 ? 1 : 0;
            yes[c] += z > 0 ? 1 : 0;
            largest += z == best ? 1 : 0;
            binaryErrors[c] += z > 0 != (c == label) ? 1 : 0;
        }
        double s = Sigmoid.sigmoid(scores.z(run * classes + label));
        hopelessMisses[label] += s < 0.5 && Sigmoid.isSaturated(s) ? 1 : 0;
        ties += largest > 1 ? 1 : 0;
        unclaimed += claims == 0 ? 1 : 0;
        contested += claims > 1 ? 1 : 0;
        if (examplesPerCell > 0) {
            keep(new ScoredExample(block.globalRow(row), label, prediction, best));
        }
    }

    /** Adds another part of the set. Modified: this. */
    public void merge(Evaluation other) {
        confusion.merge(other.confusion);
        Arrays.setAll(binaryErrors, c -> binaryErrors[c] + other.binaryErrors[c]);
        Arrays.setAll(hopelessMisses, c -> hopelessMisses[c] + other.hopelessMisses[c]);
        Arrays.setAll(yes, c -> yes[c] + other.yes[c]);
        ties += other.ties;
        unclaimed += other.unclaimed;
        contested += other.contested;
        other.cells.values().forEach(examples -> examples.forEach(this::keep));
    }

    public ConfusionMatrix confusion() {
        return confusion;
    }

    /**
     * The fraction of examples for which the perceptron of class {@code label} is wrong: z is at most 0 for an example
     * of its class, or above 0 for an example of another class.
     */
    public double binaryError(int label) {
        return binaryErrors[label] / (double) confusion.total();
    }

    /**
     * The number of perceptrons that reject more than half of their class with a derivative s (1 - s) of less than a
     * hundredth of the largest, 1/4. With the squared error, such perceptrons hardly learn any more.
     */
    public int stuckUnits() {
        return (int) IntStream.range(0, hopelessMisses.length)
                .filter(c -> 2 * hopelessMisses[c] > confusion.labelled(c))
                .count();
    }

    /** For each class, the number of examples that its perceptron accepts: z is above 0. */
    public List<Long> yes() {
        return Arrays.stream(yes).boxed().toList();
    }

    /** The number of examples with the largest z in several classes, of which the lowest is the prediction. */
    public long ties() {
        return ties;
    }

    /** The number of examples with no z above 0. */
    public long unclaimed() {
        return unclaimed;
    }

    /** The number of examples with more than one z above 0. */
    public long contested() {
        return contested;
    }

    /** The kept examples of class {@code label} predicted as class {@code prediction}, most confident first. */
    public List<ScoredExample> examples(int label, int prediction) {
        return Collections.unmodifiableList(cells.getOrDefault(label * confusion.classes() + prediction, List.of()));
    }

    /** The kept example of this rank for each label and prediction, in their order; rank 0 is the most confident. */
    public List<ScoredExample> examplesOfRank(int rank) {
        return new TreeMap<>(cells)
                .values().stream()
                        .filter(cell -> cell.size() > rank)
                        .map(cell -> cell.get(rank))
                        .toList();
    }

    /** The most confident mistakes of all classes, most confident first, at most {@code examplesPerCell}. */
    public List<ScoredExample> mistakes() {
        return cells.values().stream()
                .flatMap(List::stream)
                .filter(example -> example.label() != example.prediction())
                .sorted(ScoredExample.MOST_CONFIDENT_FIRST)
                .limit(examplesPerCell)
                .toList();
    }

    private void keep(ScoredExample example) {
        List<ScoredExample> cell = cells.computeIfAbsent(
                example.label() * confusion.classes() + example.prediction(), key -> new ArrayList<>());
        int found = Collections.binarySearch(cell, example, ScoredExample.MOST_CONFIDENT_FIRST);
        int at = found < 0 ? -found - 1 : found;
        if (at < examplesPerCell) {
            cell.add(at, example);
            if (cell.size() > examplesPerCell) {
                cell.remove(examplesPerCell);
            }
        }
    }
}
