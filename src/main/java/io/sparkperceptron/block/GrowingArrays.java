package io.sparkperceptron.block;

import java.util.Arrays;

/** The arrays of a block that is being filled row by row. The results are copies. */
public final class GrowingArrays {

    private final int[] labels = new int[ExampleBlock.ROWS];
    /** Null while all are 1. */
    private double[] weights;

    private final int[] rowStarts = new int[ExampleBlock.ROWS + 1];
    private int[] columns = new int[1 << 12];
    private double[] values = new double[1 << 12];
    private int rows;
    private int entries;

    public int count() {
        return rows;
    }

    public void addEntry(int column, double value) {
        if (entries == columns.length) {
            int capacity = Math.addExact(entries, entries >> 1);
            columns = Arrays.copyOf(columns, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        columns[entries] = column;
        values[entries++] = value;
    }

    public void endRow(int label, double weight) {
        if (weight != 1 && weights == null) {
            weights = new double[ExampleBlock.ROWS];
            Arrays.fill(weights, 1);
        }
        if (weights != null) {
            weights[rows] = weight;
        }
        labels[rows++] = label;
        rowStarts[rows] = entries;
    }

    public int[] labels() {
        return Arrays.copyOf(labels, rows);
    }

    public double[] weights() {
        return weights == null ? null : Arrays.copyOf(weights, rows);
    }

    public int[] rowStarts() {
        return Arrays.copyOf(rowStarts, rows + 1);
    }

    int[] columns() {
        return Arrays.copyOf(columns, entries);
    }

    public double[] values() {
        return Arrays.copyOf(values, entries);
    }
}
