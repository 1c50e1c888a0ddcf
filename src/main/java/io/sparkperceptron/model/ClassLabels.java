package io.sparkperceptron.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The label of each class. Labels are whole numbers or texts in ascending order. If they are texts, examples store the
 * numbers of their classes. Immutable.
 */
public final class ClassLabels implements Serializable {

    /** A message lists at most this many labels. */
    private static final int MOST_LISTED = 20;

    private final int count;
    /** Null if each class's label is its number. */
    private final int[] labels;
    /** Null if labels are numbers. */
    private final String[] names;

    private ClassLabels(int count, int[] labels, String[] names) {
        this.count = count;
        this.labels = labels;
        this.names = names;
    }

    /** Class c has the label c. */
    public static ClassLabels upTo(int classes) {
        return new ClassLabels(classes, null, null);
    }

    /** Labels that are texts, ascending by {@link String#compareTo}. */
    public static ClassLabels named(List<String> names) {
        return new ClassLabels(names.size(), null, names.toArray(String[]::new));
    }

    /**
     * Labels from a list, as {@link #listed} returns it.
     *
     * @param labels whole numbers or texts, one for each class; null if each label is the number of its class
     * @throws IllegalArgumentException if the labels do not ascend, or are not {@code classes} many
     */
    public static ClassLabels of(int classes, List<?> labels) {
        if (labels == null) {
            return upTo(classes);
        }
        if (labels.size() != classes) {
            throw new IllegalArgumentException("expected labels of " + classes + " classes, got " + labels.size());
        }
        for (int c = 0; c < classes; c++) {
            if (!areAscending(c == 0 ? null : labels.get(c - 1), labels.get(c))) {
                throw new IllegalArgumentException(
                        "expected labels in ascending order, got " + labels.get(c) + " as that of class " + c);
            }
        }
        return labels.stream().allMatch(String.class::isInstance) && classes > 0
                ? named(labels.stream().map(String.class::cast).toList())
                : ascending(labels.stream().mapToInt(Integer.class::cast).toArray());
    }

    private static boolean areAscending(Object before, Object label) {
        if (label instanceof String text) {
            return before == null || (before instanceof String other && other.compareTo(text) < 0);
        }
        return label instanceof Integer number
                && (before == null || (before instanceof Integer other && other < number));
    }

    /** Labels that are ascending numbers. The array is kept. */
    public static ClassLabels ascending(int[] labels) {
        boolean numbers = labels.length == 0 || (labels[0] == 0 && labels[labels.length - 1] == labels.length - 1);
        return numbers ? upTo(labels.length) : new ClassLabels(labels.length, labels, null);
    }

    /** C, the number of classes. */
    public int count() {
        return count;
    }

    /** Whether each class's label is its number. */
    public boolean areNumbers() {
        return labels == null && names == null;
    }

    public boolean areNames() {
        return names != null;
    }

    /** The label that examples of class {@code number} have. */
    public int of(int number) {
        return labels == null ? number : labels[number];
    }

    /** The label of class {@code number} for people, on one line; in quotes if it is blank. */
    public String text(int number) {
        if (names == null) {
            return Integer.toString(of(number));
        }
        String line = names[number].replaceAll("\\p{Cntrl}", " ");
        return line.isBlank() ? '"' + line + '"' : line;
    }

    /** {@code before} and the label as a cell of CSV, quoted if it has commas, quotes or line ends. */
    public String cell(String before, int number) {
        String text = before + (names == null ? text(number) : names[number]);
        return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** The class with this label, or -1. Labels must be texts. */
    public int classOf(String name) {
        return Math.max(Arrays.binarySearch(names, name), -1);
    }

    /** The class with this label, or -1. If labels are texts, the class with this number. */
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

    /** The labels as {@link #of(int, List)} takes them: null if each class's label is its number. */
    public List<?> listed() {
        if (names != null) {
            return List.of(names);
        }
        return labels == null ? null : Arrays.stream(labels).boxed().toList();
    }

    /** The expected label, for a sentence: {@code a label from 0 to 9}. */
    public String expected() {
        return areNumbers() ? "a label from 0 to " + (count - 1) : "one of the training set's labels, " + this;
    }

    /** The labels; a long list is shortened. */
    @Override
    public String toString() {
        if (areNumbers()) {
            return "0 to " + (count - 1);
        }
        if (names == null && labels[count - 1] - (long) labels[0] == count - 1 && count > 2) {
            return labels[0] + " to " + labels[count - 1];
        }
        return list(this::text);
    }

    /** Each label with the number of its class, for a sentence. */
    public String map() {
        return list(c -> text(c) + " is " + c);
    }

    private String list(IntFunction<String> text) {
        String list =
                IntStream.range(0, Math.min(count, MOST_LISTED)).mapToObj(text).collect(Collectors.joining(", "));
        return count <= MOST_LISTED ? list : list + ", and so on to " + text.apply(count - 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassLabels that
                && count == that.count
                && Arrays.equals(labels, that.labels)
                && Arrays.equals(names, that.names);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * count + Arrays.hashCode(labels)) + Arrays.hashCode(names);
    }
}
