package io.sparkperceptron.analysis;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which test examples are shown, each once: every run's most confident mistakes, then all that are kept of the run with the fewest errors,
 * then of all runs the most confident of every cell first, as long as there is room.
 */
public final class ExampleChoice {

    /** How many of the most confident examples are kept for each pair of label and prediction of a run. */
    public static final int EXAMPLES_PER_CELL = 32;

    private static final int MOST_EXAMPLES = 2400;
    /** Of all their images. */
    private static final long MOST_BYTES = 64L << 20;

    private final Map<Long, Integer> places = new LinkedHashMap<>();
    private final Map<Long, Integer> labels = new HashMap<>();
    private final int most;

    /**
     * Chooses.
     *
     * @param evaluations of all runs on the test set
     * @param features bytes of an image
     */
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

    /** The examples' numbers in the test set, in the order in which they are shown. */
    public List<Long> rows() {
        return List.copyOf(places.keySet());
    }

    /** Their labels. */
    public List<Integer> labels() {
        return places.keySet().stream().map(labels::get).toList();
    }

    /** The places of those examples that are shown, in their order. */
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
                labels.put(example.row(), example.label());
            }
        }
    }
}
