package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ClassLabels;
import java.io.Serializable;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which labels there are in some rows, and how many rows. Those of parts merge, in any order, to those of the whole. Public so that
 * Kryo can be told of it.
 */
public final class FoundLabels implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(FoundLabels.class);

    /** More than there may be; further ones are not kept. */
    private static final int MOST = Examples.MOST_CLASSES + 1;

    /** Labels with more different values are probably quantities to estimate, not classes. */
    private static final int USUAL_CLASSES = 1000;

    /** Real classes, if there are more than a few, usually have at least this many examples each. */
    private static final int USUAL_ROWS_OF_A_CLASS = 5;

    private static final int FEW_CLASSES = 20;

    private long rows;
    /** The first {@link #count} of these, ascending. */
    private int[] labels = new int[2];

    private int count;

    /** Whether it can be a label: a whole number below 2^31 - 1 in size. */
    static boolean areWhole(double label) {
        return label == Math.rint(label) && Math.abs(label) < Integer.MAX_VALUE;
    }

    /** What a message expects of labels, where {@code label} does not fit. */
    static String expected(double label) {
        return label == Math.rint(label) ? "labels below " + Integer.MAX_VALUE + " in size" : "whole numbers as labels";
    }

    /** Takes in a row's label. Modified: this. */
    void add(int label) {
        rows++;
        insert(label);
    }

    /** Takes in those of another part. Modified: this. */
    FoundLabels merge(FoundLabels other) {
        rows += other.rows;
        for (int i = 0; i < other.count; i++) {
            insert(other.labels[i]);
        }
        return this;
    }

    long rows() {
        return rows;
    }

    /**
     * The classes of a training set with these labels. They are the numbers from 0 on where the labels are those, or 0 and 1, or
     * a single one from 0 to 4095; else each label is a class.
     *
     * @param source for the message
     * @throws UserException if there are too many, or a single one that is negative or larger
     */
    ClassLabels classes(String source) {
        if (count == MOST) {
            throw new UserException(
                    "Expected at most " + Examples.MOST_CLASSES + " classes, found more labels in " + source);
        }
        warnOfDoubt(source);
        int last = count == 0 ? 1 : labels[count - 1];
        if (count <= 1 ? last >= 0 && last < Examples.MOST_CLASSES : labels[0] >= 0 && last < count) {
            return ClassLabels.upTo(Math.max(last + 1, 2));
        }
        if (count == 1) {
            throw new UserException("Expected at least two labels in " + source + ", found only " + last);
        }
        return ClassLabels.ascending(Arrays.copyOf(labels, count));
    }

    /**
     * Classes for all labels from 0 to the largest here, whether there are such examples or not.
     *
     * @throws UserException if there are too many
     */
    ClassLabels numbers(String source) {
        int last = count == 0 ? 1 : labels[count - 1];
        if (last >= Examples.MOST_CLASSES) {
            throw new UserException(
                    "Expected labels below " + Examples.MOST_CLASSES + " in " + source + ", found " + last);
        }
        warnOfDoubt(source);
        return ClassLabels.upTo(Math.max(last + 1, 2));
    }

    /** A warning that the labels look like quantities, not classes; null if they look like classes. */
    String doubt(String source) {
        boolean usual =
                count <= FEW_CLASSES || (count <= USUAL_CLASSES && rows >= (long) USUAL_ROWS_OF_A_CLASS * count);
        return usual
                ? null
                : "Each of the " + count + " different labels of the " + rows + " rows in " + source
                        + " becomes a class; if they are quantities to estimate, put them into a few ranges first";
    }

    private void warnOfDoubt(String source) {
        String doubt = doubt(source);
        if (doubt != null) {
            LOG.warn(doubt);
        }
    }

    private void insert(int label) {
        int found = Arrays.binarySearch(labels, 0, count, label);
        if (found < 0 && count < MOST) {
            int at = -found - 1;
            if (count == labels.length) {
                labels = Arrays.copyOf(labels, 2 * count);
            }
            System.arraycopy(labels, at, labels, at + 1, count - at);
            labels[at] = label;
            count++;
        }
    }
}
