package io.sparkperceptron.analysis;

import java.io.Serializable;
import java.util.List;

/** Counts of examples by label and prediction. */
public final class ConfusionMatrix implements Serializable {

    private final int classes;
    private final long[] counts;

    public ConfusionMatrix(int classes) {
        this.classes = classes;
        this.counts = new long[classes * classes];
    }

    /** With these counts: entry label C + prediction. */
    public static ConfusionMatrix of(int classes, List<Long> counts) {
        ConfusionMatrix matrix = new ConfusionMatrix(classes);
        for (int i = 0; i < matrix.counts.length; i++) {
            matrix.counts[i] = counts.get(i);
        }
        return matrix;
    }

    /** Counts one example. Modified: this. */
    public void add(int label, int prediction) {
        counts[label * classes + prediction]++;
    }

    /** Modified: this. */
    public void merge(ConfusionMatrix other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    public int classes() {
        return classes;
    }

    /** The examples of class {@code label} that were put in class {@code prediction}. */
    public long count(int label, int prediction) {
        return counts[label * classes + prediction];
    }

    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** The examples of class {@code label}. */
    public long labelled(int label) {
        long sum = 0;
        for (int prediction = 0; prediction < classes; prediction++) {
            sum += count(label, prediction);
        }
        return sum;
    }

    /** The examples put in class {@code prediction}. */
    public long predicted(int prediction) {
        long sum = 0;
        for (int label = 0; label < classes; label++) {
            sum += count(label, prediction);
        }
        return sum;
    }

    /** The examples put in another class than their own. */
    public long errors() {
        long correct = 0;
        for (int label = 0; label < classes; label++) {
            correct += count(label, label);
        }
        return total() - correct;
    }

    /** The fraction of errors; NaN if there are no examples. */
    public double error() {
        return errors() / (double) total();
    }

    /** Of the examples put in class {@code label}, the fraction that belongs there; NaN if there are none. */
    public double precision(int label) {
        return count(label, label) / (double) predicted(label);
    }

    /** Of the examples of class {@code label}, the fraction that was found; NaN if there are none. */
    public double recall(int label) {
        return count(label, label) / (double) labelled(label);
    }
}
