package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.GrowingArrays;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.LongStream;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * Packs labelled vectors into blocks, without the entries that are zero.
 *
 * @param features d, which every vector must have
 * @param labels the labels that vectors may have; a block stores the numbers of their classes
 */
public record BlockPacker(Split split, int features, ClassLabels labels, FeatureScaling scaling)
        implements Serializable {

    /** The blocks of consecutive rows, the first of which is block {@code firstBlock}. */
    Iterator<ExampleBlock> pack(Iterator<LabeledPoint> points, long firstBlock) {
        return LongStream.iterate(firstBlock, number -> points.hasNext(), number -> number + 1)
                .mapToObj(number -> packBlock(points, number))
                .iterator();
    }

    /**
     * Packs at most {@link ExampleBlock#ROWS} points into a block. Throws a {@link UserException} if a vector has
     * another length, a value is not finite or a label is unknown.
     */
    public ExampleBlock packBlock(Iterator<LabeledPoint> points, long number) {
        GrowingArrays rows = new GrowingArrays();
        while (points.hasNext() && rows.count() < ExampleBlock.ROWS) {
            addRow(rows, points.next(), number * ExampleBlock.ROWS + rows.count());
        }
        return new ExampleBlock(split, ExampleBlock.NO_FOLD, number, features, rows.toRows(scaling), rows);
    }

    private void addRow(GrowingArrays rows, LabeledPoint point, long globalRow) {
        Vector vector = point.features();
        if (vector.size() != features) {
            throw new UserException(
                    "Expected " + features + " features" + place(globalRow) + ", found " + vector.size());
        }
        int number = labels.classOf(point.label());
        if (number < 0) {
            throw new UserException("Expected " + labels.expected() + place(globalRow) + ", found " + point.label());
        }
        if (vector instanceof SparseVector sparse) {
            for (int k = 0; k < sparse.indices().length; k++) {
                addEntry(rows, sparse.indices()[k], sparse.values()[k], globalRow);
            }
        } else {
            for (int j = 0; j < features; j++) {
                addEntry(rows, j, vector.apply(j), globalRow);
            }
        }
        rows.endRow(number, WeightedPoint.of(point));
    }

    private void addEntry(GrowingArrays rows, int column, double value, long globalRow) {
        if (!Double.isFinite(value)) {
            throw new UserException(
                    "Expected finite features, found " + value + " as feature " + column + place(globalRow));
        }
        if (value != 0) {
            rows.addEntry(column, value);
        }
    }

    private String place(long globalRow) {
        return " in row " + globalRow + " of the " + (split == Split.TRAIN ? "training set" : "test set");
    }
}
