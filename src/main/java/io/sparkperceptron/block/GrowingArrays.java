package io.sparkperceptron.block;

import io.sparkperceptron.model.FeatureScaling;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The arrays of a block while its rows are added, at most {@link ExampleBlock#ROWS}. The results are copies. */
public final class GrowingArrays {

    private final int[] labels = new int[ExampleBlock.ROWS];
    private final double[] weights = new double[ExampleBlock.ROWS];
    private boolean weighted;
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
        weights[rows] = weight;
        weighted |= weight != 1;
        labels[rows++] = label;
        rowStarts[rows] = entries;
    }

    /** The labels, factors and weights of the rows. */
    public BlockRows toRows(FeatureScaling scaling) {
        double[] factors = scaling == FeatureScaling.UNIT_NORM
                ? IntStream.range(0, rows)
                        .mapToDouble(row -> scaling.factor(values, rowStarts[row], rowStarts[row + 1]))
                        .toArray()
                : new double[] {scaling.factor(null, 0, 0)};
        return new BlockRows(
                Arrays.copyOf(labels, rows), factors, weighted ? Arrays.copyOf(weights, rows) : null, null);
    }

    int[] rowStarts() {
        return Arrays.copyOf(rowStarts, rows + 1);
    }

    int[] columns() {
        return Arrays.copyOf(columns, entries);
    }

    double[] values() {
        return Arrays.copyOf(values, entries);
    }
}
