package io.sparkperceptron.data;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vectors;

/**
 * The parts of a line of LIBSVM text, {@code label [qid:query] index:value index:value ... [# comment]}. The query,
 * which is for ranking, is not used. Blanks and tabs separate the parts, as in LIBSVM itself and scikit-learn.
 *
 * @param query with its {@code qid:}; null if there is none
 * @param entries each {@code index:value}, as text
 */
record LibsvmLine(String label, String query, List<String> entries) {

    /** Splits a line; null if it is empty or only a comment. */
    static LibsvmLine of(String line) {
        String text = StringUtils.substringBefore(line, "#").trim();
        if (text.isEmpty()) {
            return null;
        }
        List<String> items = Arrays.asList(StringUtils.split(text, " \t\f\u000B"));
        boolean ranked = items.size() > 1 && items.get(1).startsWith("qid:");
        return new LibsvmLine(items.get(0), ranked ? items.get(1) : null, items.subList(ranked ? 2 : 1, items.size()));
    }

    /** Label and features of a line that {@link LibsvmCheck} has found good. */
    LabeledPoint point(int features) {
        int[] indices = new int[entries.size()];
        double[] values = new double[indices.length];
        for (int k = 0; k < indices.length; k++) {
            String entry = entries.get(k);
            int colon = entry.indexOf(':');
            indices[k] = Integer.parseInt(entry.substring(0, colon)) - 1;
            values[k] = Double.parseDouble(entry.substring(colon + 1));
        }
        return new LabeledPoint(Double.parseDouble(label), Vectors.sparse(features, indices, values));
    }
}
