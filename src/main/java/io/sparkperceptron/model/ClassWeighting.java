package io.sparkperceptron.model;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How classes are weighted.
 *
 * @param balanced whether class c has the weight n / (C n_c), where n_c of the n training examples are of class c; all
 *     classes then weigh the same (as in scikit-learn's {@code compute_class_weight}, after G. King and L. Zeng,
 *     "Logistic regression in rare events data", Political Analysis 9, 2001)
 * @param byLabel the weights by label if not balanced; a class that is not listed has the weight 1
 */
public record ClassWeighting(boolean balanced, Map<Integer, Double> byLabel) {

    public static final ClassWeighting NONE = new ClassWeighting(false, Map.of());

    public static final ClassWeighting BALANCED = new ClassWeighting(true, Map.of());

    private static final String BALANCED_WORD = "balanced";
    private static final String EXPECTED = "expected 'balanced', or labels and weights such as 3:2.5,7:1, got '";

    public ClassWeighting {
        byLabel = Collections.unmodifiableMap(new TreeMap<>(byLabel));
        if (balanced && !byLabel.isEmpty()) {
            throw new IllegalArgumentException("expected balanced classes or weights, got both");
        }
        byLabel.forEach((label, weight) -> {
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "expected finite weights of at least 0, got " + weight + " for the class " + label);
            }
        });
    }

    /** Parses the text of {@link #toString}. Throws an IllegalArgumentException for other text, and for empty text. */
    public static ClassWeighting of(String text) {
        if (text.equals(BALANCED_WORD)) {
            return BALANCED;
        }
        Map<Integer, Double> weights = new TreeMap<>();
        for (String word : text.split(",", -1)) {
            String[] parts = word.strip().split(":", -1);
            try {
                if (parts.length != 2
                        || weights.put(Integer.valueOf(parts[0].strip()), Double.valueOf(parts[1].strip())) != null) {
                    throw new IllegalArgumentException(EXPECTED + text + "'");
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(EXPECTED + text + "'", e);
            }
        }
        return new ClassWeighting(false, weights);
    }

    public boolean isNone() {
        return !balanced && byLabel.isEmpty();
    }

    /**
     * The weights for these classes.
     *
     * @param counts the training examples of each class; a balanced class without examples has the weight 1
     * @throws UserException if a weight's label belongs to no class, or no training example has a weight above 0
     */
    public ClassWeights weights(ClassLabels labels, IntToLongFunction counts) {
        if (isNone()) {
            return ClassWeights.NONE;
        }
        int classes = labels.count();
        double[] weights = new double[classes];
        Arrays.fill(weights, 1);
        if (balanced) {
            long all = IntStream.range(0, classes).mapToLong(counts).sum();
            for (int c = 0; c < classes; c++) {
                long count = counts.applyAsLong(c);
                weights[c] = count == 0 ? 1 : (double) all / ((double) classes * count);
            }
        }
        byLabel.forEach((label, weight) -> {
            int number = labels.classOf(label);
            if (number < 0) {
                throw new UserException(
                        "Expected class weights for labels of the training set, " + labels + ", found one for " + label,
                        Remedy.CLASS_WEIGHTS);
            }
            weights[number] = weight;
        });
        ClassWeights found = new ClassWeights(weights);
        found.requireSomeAboveZero(classes, counts, "training examples");
        return found;
    }

    @Override
    public String toString() {
        return balanced
                ? BALANCED_WORD
                : byLabel.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
