package io.sparkperceptron.data;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.model.ClassLabels;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.apache.commons.lang3.math.NumberUtils;

/** Checks LIBSVM text line by line: finds errors, and counts the good lines. */
final class LibsvmCheck implements Serializable {

    private static final int LONGEST_QUOTE = 40;
    private static final Pattern QUERY = Pattern.compile("qid:[0-9]+");

    /** An error in a line. The remedy is null if the sentence is enough. */
    record Problem(String sentence, Remedy remedy) {

        private static Problem of(String expected, String found, Remedy remedy) {
            return new Problem("expected " + expected + ", found " + found, remedy);
        }
    }

    private final int features;
    private final ClassLabels expected;
    private final FoundLabels found = new FoundLabels();
    private int largestIndex;
    private boolean good = true;

    /** A check for {@code features} features, any number if 0, and for labels {@code expected}, any if null. */
    LibsvmCheck(int features, ClassLabels expected) {
        this.features = features;
        this.expected = expected;
    }

    /** Checks a line. Returns its first error, or null. Modified: this. */
    Problem checkLine(String line) {
        LibsvmLine example = LibsvmLine.of(line);
        Problem problem = example == null ? null : checkExample(example);
        good &= problem == null;
        return problem;
    }

    /** The largest index so far, counted from one as in the text. */
    int largestIndex() {
        return largestIndex;
    }

    /** The labels and the number of the examples so far. */
    FoundLabels labels() {
        return found;
    }

    /** Whether all lines so far were good. */
    boolean good() {
        return good;
    }

    private Problem checkExample(LibsvmLine line) {
        double label = NumberUtils.toDouble(line.label(), Double.NaN);
        if (expected == null ? !FoundLabels.isLabel(label) : expected.classOf(label) < 0) {
            String wanted = expected != null
                    ? expected.expected()
                    : label == Math.rint(label) ? FoundLabels.expected(label) : "a whole number as label";
            boolean numbered = expected != null && expected.areNumbers();
            return Problem.of(wanted, quoted(line.label()), numbered ? Remedy.CLASSES : null);
        }
        if (line.query() != null && !QUERY.matcher(line.query()).matches()) {
            return Problem.of("qid:query with a whole number as query", quoted(line.query()), null);
        }
        int previous = 0;
        for (String entry : line.entries()) {
            int colon = entry.indexOf(':');
            long index = colon < 0 ? 0 : index(entry.substring(0, colon));
            Problem problem = problem(entry, index, previous, colon);
            if (problem != null) {
                return problem;
            }
            previous = (int) index;
        }
        found.add((int) label);
        largestIndex = Math.max(largestIndex, previous);
        return null;
    }

    private Problem problem(String item, long index, int previous, int colon) {
        if (index < 1) {
            return Problem.of("index:value with an index from 1 on", quoted(item), null);
        }
        if (index <= previous) {
            return Problem.of("indices in ascending order", index + " after " + previous, null);
        }
        if (features > 0 && index > features) {
            return Problem.of("indices up to " + features, quoted(item), Remedy.FEATURES);
        }
        if (index > Integer.MAX_VALUE) {
            return Problem.of(
                    "indices up to " + Integer.MAX_VALUE,
                    quoted(item) + "; renumber the features, or hash them to fewer",
                    null);
        }
        return Double.isFinite(NumberUtils.toDouble(item.substring(colon + 1), Double.NaN))
                ? null
                : Problem.of("index:value with a finite value", quoted(item), null);
    }

    /** Parses an index. Returns {@link Long#MAX_VALUE} if it is too large, and 0 if the text is not an index. */
    private static long index(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return text.matches("\\+?[0-9]+") ? Long.MAX_VALUE : 0;
        }
    }

    private static String quoted(String text) {
        String line = text.replaceAll("[^ -~]", "?");
        return "'" + (line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...") + "'";
    }
}
