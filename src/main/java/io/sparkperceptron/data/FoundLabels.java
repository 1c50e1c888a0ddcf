package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ClassLabels;
import java.io.Serializable;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The labels and the number of some rows. Parts merge to the whole, in any order. */
final class FoundLabels implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(FoundLabels.class);

    /** One more than the allowed classes. Further labels are not kept. */
    private static final int MOST = Examples.MOST_CLASSES + 1;

    /** Labels with more different values are probably quantities to estimate, not classes. */
    private static final int USUAL_CLASSES = 1000;

    /** If there are more than a few classes, each usually has at least this many examples. */
    private static final int USUAL_ROWS_OF_A_CLASS = 5;

    private static final int FEW_CLASSES = 20;

    private final TreeSet<Integer> labels = new TreeSet<>();
    private long rows;

    /** The labels of all parts. */
    static FoundLabels merged(Stream<FoundLabels> parts) {
        FoundLabels all = new FoundLabels();
        parts.forEach(part -> {
            all.rows += part.rows;
            part.labels.forEach(all::keep);
        });
        return all;
    }

    /** Whether a number can be a label: whole, and below 2^31 - 1 in absolute value. */
    static boolean isLabel(double label) {
        return label == Math.rint(label) && Math.abs(label) < Integer.MAX_VALUE;
    }

    /** The expected labels, for a message about an invalid {@code label}. */
    static String expected(double label) {
        return label == Math.rint(label) ? "labels below " + Integer.MAX_VALUE + " in size" : "whole numbers as labels";
    }

    /** Adds the label of a row. Modified: this. */
    void add(int label) {
        rows++;
        keep(label);
    }

    private void keep(int label) {
        if (labels.size() < MOST) {
            labels.add(label);
        }
    }

    long rows() {
        return rows;
    }

    /**
     * The classes of a training set with these labels. If labels go from 0 on without gaps, or if there is a single
     * label from 0 to 4095, each label is the number of its class. Otherwise, each label is a class, in ascending
     * order. Throws a {@link UserException} if there are too many labels, or a single one that is negative or larger.
     */
    ClassLabels classes(String source) {
        if (labels.size() == MOST) {
            throw new UserException(
                    "Expected at most " + Examples.MOST_CLASSES + " classes, found more labels in " + source);
        }
        doubt(source).ifPresent(LOG::warn);
        int last = last();
        if (labels.size() <= 1
                ? last >= 0 && last < Examples.MOST_CLASSES
                : labels.first() >= 0 && last < labels.size()) {
            return ClassLabels.upTo(Math.max(last + 1, 2));
        }
        if (labels.size() == 1) {
            throw new UserException("Expected at least two labels in " + source + ", found only " + last);
        }
        return ClassLabels.ascending(labels.stream().mapToInt(label -> label).toArray());
    }

    /**
     * A class for each number from 0 to the largest label, even if no example has it. Throws a {@link UserException} if
     * there are too many.
     */
    ClassLabels numbers(String source) {
        if (last() >= Examples.MOST_CLASSES) {
            throw new UserException(
                    "Expected labels below " + Examples.MOST_CLASSES + " in " + source + ", found " + last());
        }
        doubt(source).ifPresent(LOG::warn);
        return ClassLabels.upTo(Math.max(last() + 1, 2));
    }

    private int last() {
        return labels.isEmpty() ? 1 : labels.last();
    }

    /** A warning if the labels look like quantities, not classes. */
    Optional<String> doubt(String source) {
        int count = labels.size();
        return count <= FEW_CLASSES || (count <= USUAL_CLASSES && rows >= (long) USUAL_ROWS_OF_A_CLASS * count)
                ? Optional.empty()
                : Optional.of("Each of the " + count + " different labels of the " + rows + " rows in " + source
                        + " becomes a class; if they are quantities to estimate, put them into a few ranges first");
    }
}
