package io.sparkperceptron.data;

import io.sparkperceptron.Remedy;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Looks at LIBSVM text line by line: says what is wrong with a line, and keeps count of the good ones. Public so that Kryo can be told of it.
 */
public final class LibsvmCheck implements Serializable {

    private static final int LONGEST_QUOTE = 40;
    private static final Pattern QUERY = Pattern.compile("qid:[0-9]+");

    /**
     * What is wrong with a line.
     *
     * @param remedy null if the sentence says it all
     */
    record Problem(String sentence, Remedy remedy) {

        private static Problem of(String expected, String found) {
            return new Problem("expected " + expected + ", found " + found, null);
        }
    }

    private final int features;
    private final int classes;
    private long rows;
    private int largestIndex;
    private int largestLabel;
    private boolean good = true;

    /**
     * Nothing looked at yet.
     *
     * @param features d, or 0 if any index will do
     * @param classes C, or 0 if any label will do
     */
    LibsvmCheck(int features, int classes) {
        this.features = features;
        this.classes = classes;
    }

    /** Looks at a line; returns what is wrong with it, or null. Modified: this. */
    Problem take(String line) {
        LibsvmLine example = LibsvmLine.of(line);
        Problem problem = example == null ? null : takeExample(example);
        good &= problem == null;
        return problem;
    }

    /** Takes in what another part of the text had. Modified: this. */
    LibsvmCheck merge(LibsvmCheck other) {
        rows += other.rows;
        largestIndex = Math.max(largestIndex, other.largestIndex);
        largestLabel = Math.max(largestLabel, other.largestLabel);
        good &= other.good;
        return this;
    }

    /** The examples so far. */
    long rows() {
        return rows;
    }

    /** The largest index so far, counted from one as in the text. */
    int largestIndex() {
        return largestIndex;
    }

    int largestLabel() {
        return largestLabel;
    }

    /** Whether nothing was wrong so far. */
    boolean good() {
        return good;
    }

    private Problem takeExample(LibsvmLine line) {
        double label = number(line.label());
        if (!isWhole(label) || label < 0 || (classes > 0 && label >= classes)) {
            return classes > 0
                    ? new Problem(
                            "expected a label from 0 to " + (classes - 1) + ", found " + quoted(line.label()),
                            Remedy.CLASSES)
                    : Problem.of("a whole number from 0 on as label", quoted(line.label()));
        }
        if (line.query() != null && !QUERY.matcher(line.query()).matches()) {
            return Problem.of("qid:query with a whole number as query", quoted(line.query()));
        }
        int previous = 0;
        for (String entry : line.entries()) {
            int colon = entry.indexOf(':');
            int index = colon < 0 ? 0 : index(entry.substring(0, colon));
            Problem problem = problem(entry, index, previous, colon);
            if (problem != null) {
                return problem;
            }
            previous = index;
        }
        rows++;
        largestLabel = Math.max(largestLabel, (int) label);
        largestIndex = Math.max(largestIndex, previous);
        return null;
    }

    private Problem problem(String item, int index, int previous, int colon) {
        if (index < 1) {
            return Problem.of("index:value with an index from 1 on", quoted(item));
        }
        if (index <= previous) {
            return Problem.of("indices in ascending order", index + " after " + previous);
        }
        if (features > 0 && index > features) {
            return new Problem("expected indices up to " + features + ", found " + quoted(item), Remedy.FEATURES);
        }
        if (!Double.isFinite(number(item.substring(colon + 1)))) {
            return Problem.of("index:value with a finite value", quoted(item));
        }
        return null;
    }

    private static boolean isWhole(double number) {
        return number == Math.rint(number) && Math.abs(number) < Integer.MAX_VALUE;
    }

    /** The index that the text is, or 0. */
    private static int index(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The number that the text is, or NaN. */
    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String quoted(String text) {
        String line = text.replaceAll("[^ -~]", "?");
        return "'" + (line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...") + "'";
    }
}
