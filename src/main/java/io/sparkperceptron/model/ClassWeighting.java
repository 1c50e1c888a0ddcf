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
 * How classes are to be weighted.
 *
 * @param balanced whether class c has the weight n / (C n_c), with n_c its training examples out of n, so that all classes weigh
 *     the same (as in scikit-learn's {@code compute_class_weight}, after G. King and L. Zeng, "Logistic regression in rare events data",
 *     Political Analysis 9, 2001)
 * @param byLabel else the weights of the classes with those labels; others have 1
 */
public record ClassWeighting(boolean balanced, Map<Integer, Double> byLabel) {

    /** Every example counts the same. */
    public static final ClassWeighting NONE = new ClassWeighting(false, Map.of());

    public static final ClassWeighting BALANCED = new ClassWeighting(true, Map.of());

    private static final String BALANCED_WORD = "balanced";
    private static final String EXPECTED = "expected 'balanced', or labels and weights such as 3:2.5,7:1, got '";

    /**
     * Checks the weights.
     *
     * @throws IllegalArgumentException if one is not finite or less than 0
     */
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

    /**
     * The weighting that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text is no such thing
     */
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
     * @param counts the training examples of each class; one without any has the weight 1 where classes are balanced
     * @throws UserException if there is a weight for a label that no class has, or no example weighs anything
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
