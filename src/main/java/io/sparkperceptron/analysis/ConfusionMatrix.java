package io.sparkperceptron.analysis;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.lang3.Validate;

/** Counts of examples by label and prediction. */
public final class ConfusionMatrix implements Serializable {

    private final int classes;
    private final long[] counts;

    public ConfusionMatrix(int classes) {
        this(classes, new long[classes * classes]);
    }

    private ConfusionMatrix(int classes, long[] counts) {
        int cells = classes * classes;
        Validate.isTrue(counts.length == cells, "expected %s counts, got %s", cells, counts.length);
        this.classes = classes;
        this.counts = counts;
    }

    /** The matrix of counts, where entry label C + prediction counts that pair. */
    public static ConfusionMatrix of(int classes, List<Long> counts) {
        return new ConfusionMatrix(
                classes, counts.stream().mapToLong(count -> count).toArray());
    }

    /** Counts one example. Modified: this. */
    public void add(int label, int prediction) {
        counts[label * classes + prediction]++;
    }

    /** Modified: this. */
    public void merge(ConfusionMatrix other) {
        Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    }

    public int classes() {
        return classes;
    }

    public long count(int label, int prediction) {
        return counts[label * classes + prediction];
    }

    public long total() {
        return LongStream.of(counts).sum();
    }

    public long labelled(int label) {
        return Arrays.stream(counts, label * classes, (label + 1) * classes).sum();
    }

    public long predicted(int prediction) {
        return sum(label -> count(label, prediction));
    }

    public long errors() {
        return total() - sum(label -> count(label, label));
    }

    private long sum(IntToLongFunction ofLabel) {
        return IntStream.range(0, classes).mapToLong(ofLabel).sum();
    }

    /** The fraction of errors; NaN without examples. */
    public double error() {
        return errors() / (double) total();
    }

    /** The fraction of the examples predicted as class {@code label} that have this label; NaN if there are none. */
    public double precision(int label) {
        return count(label, label) / (double) predicted(label);
    }

    /** The fraction of the examples of class {@code label} that are predicted as this class; NaN if there are none. */
    public double recall(int label) {
        return count(label, label) / (double) labelled(label);
    }
}
