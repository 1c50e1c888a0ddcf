package io.sparkperceptron.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The test examples to show, each once. First come the most confident mistakes of every run, then all kept examples of
 * the run with the fewest errors. Then come the kept examples of all runs, the most confident of every cell first,
 * until the sheet is full.
 */
public final class ExampleChoice {

    /** The number of examples kept for each label and prediction of a run, the most confident. */
    public static final int EXAMPLES_PER_CELL = 32;

    private static final int MOST_EXAMPLES = 2400;
    /** The largest size of all their images in bytes. */
    private static final long MOST_BYTES = 64L << 20;

    private final Map<Long, Integer> places = new LinkedHashMap<>();
    private final List<Integer> labels = new ArrayList<>();
    private final int most;

    public ExampleChoice(List<Evaluation> evaluations, int features) {
        most = (int) Math.max(1, Math.min(MOST_EXAMPLES, MOST_BYTES / features));
        List<Evaluation> byErrors = evaluations.stream()
                .sorted(Comparator.comparingLong(
                        evaluation -> evaluation.confusion().errors()))
                .toList();
        byErrors.forEach(evaluation -> add(evaluation.mistakes()));
        addCells(byErrors.stream().limit(1).toList());
        addCells(byErrors);
    }

    /** The examples' numbers in the test set, in the order of the sheet. */
    public List<Long> rows() {
        return List.copyOf(places.keySet());
    }

    /** The labels of {@link #rows}. */
    public List<Integer> labels() {
        return List.copyOf(labels);
    }

    /** The places of these examples on the sheet; examples without a place are left out. */
    List<Integer> places(List<ScoredExample> examples) {
        return examples.stream()
                .map(example -> places.get(example.row()))
                .filter(Objects::nonNull)
                .toList();
    }

    private void addCells(List<Evaluation> evaluations) {
        for (int rank = 0; rank < EXAMPLES_PER_CELL; rank++) {
            for (Evaluation evaluation : evaluations) {
                add(evaluation.examplesOfRank(rank));
            }
        }
    }

    private void add(List<ScoredExample> examples) {
        for (ScoredExample example : examples) {
            if (places.size() < most && places.putIfAbsent(example.row(), places.size()) == null) {
                labels.add(example.label());
            }
        }
    }
}
