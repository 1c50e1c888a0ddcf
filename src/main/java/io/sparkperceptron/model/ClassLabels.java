package io.sparkperceptron.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which label the examples of each class have: class c the c-th of some whole numbers in ascending order. Immutable. */
public final class ClassLabels implements Serializable {

    /** More are not listed in a sentence. */
    private static final int MOST_LISTED = 20;

    private final int count;
    /** Null if each class's label is its number. */
    private final int[] labels;

    private ClassLabels(int count, int[] labels) {
        this.count = count;
        this.labels = labels;
    }

    /** Class c has the label c, for so many classes. */
    public static ClassLabels upTo(int classes) {
        return new ClassLabels(classes, null);
    }

    /**
     * These labels.
     *
     * @param labels as many as there are classes; null if each class's label is its number
     * @throws IllegalArgumentException if they do not ascend, or are not as many
     */
    public static ClassLabels of(int classes, List<Integer> labels) {
        if (labels == null) {
            return upTo(classes);
        }
        if (labels.size() != classes) {
            throw new IllegalArgumentException("expected labels of " + classes + " classes, got " + labels.size());
        }
        for (int c = 0; c < classes; c++) {
            if (labels.get(c) == null || (c > 0 && labels.get(c) <= labels.get(c - 1))) {
                throw new IllegalArgumentException(
                        "expected labels in ascending order, got " + labels.get(c) + " as that of class " + c);
            }
        }
        return ascending(labels.stream().mapToInt(Integer::intValue).toArray());
    }

    /** These labels, which ascend. The array is kept. */
    public static ClassLabels ascending(int[] labels) {
        boolean numbers = labels.length == 0 || (labels[0] == 0 && labels[labels.length - 1] == labels.length - 1);
        return numbers ? upTo(labels.length) : new ClassLabels(labels.length, labels);
    }

    /** C. */
    public int count() {
        return count;
    }

    /** Whether each class's label is its number. */
    public boolean areNumbers() {
        return labels == null;
    }

    /** The label of class {@code number}. */
    public int of(int number) {
        return labels == null ? number : labels[number];
    }

    /** The class of that label; -1 if there is none. */
    public int classOf(double label) {
        if (label != Math.rint(label)) {
            return -1;
        }
        if (labels == null) {
            return label >= 0 && label < count ? (int) label : -1;
        }
        int found = (int) label == label ? Arrays.binarySearch(labels, (int) label) : -1;
        return Math.max(found, -1);
    }

    /** The labels as {@link #of} takes them: null if each is its class's number. */
    public List<Integer> listed() {
        return labels == null ? null : Arrays.stream(labels).boxed().toList();
    }

    /** What a label has to be, for a sentence: {@code a label from 0 to 9}. */
    public String expected() {
        return labels == null ? "a label from 0 to " + (count - 1) : "one of the training set's labels, " + this;
    }

    /** The labels, some of very many left out. */
    @Override
    public String toString() {
        if (labels == null) {
            return "0 to " + (count - 1);
        }
        if (labels[count - 1] - (long) labels[0] == count - 1 && count > 2) {
            return labels[0] + " to " + labels[count - 1];
        }
        return list(c -> Integer.toString(of(c)));
    }

    /** Which label is which class, for a sentence. */
    public String map() {
        return list(c -> of(c) + " is " + c);
    }

    private String list(IntFunction<String> text) {
        String list =
                IntStream.range(0, Math.min(count, MOST_LISTED)).mapToObj(text).collect(Collectors.joining(", "));
        return count <= MOST_LISTED ? list : list + ", and so on to " + text.apply(count - 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassLabels that && count == that.count && Arrays.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
        return 31 * count + Arrays.hashCode(labels);
    }
}
