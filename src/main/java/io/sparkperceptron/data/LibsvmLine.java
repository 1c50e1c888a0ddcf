package io.sparkperceptron.data;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vectors;

/**
 * The parts of a line of LIBSVM text, {@code label [qid:query] index:value index:value ... [# comment]}. The query,
 * which is for ranking, is not used. Blanks and tabs separate the parts, as in LIBSVM itself and scikit-learn.
 *
 * @param query with its {@code qid:}, or null
 * @param entries each {@code index:value}, as text
 */
record LibsvmLine(String label, String query, List<String> entries) {

    private static final String QUERY = "qid:";
    private static final String BLANKS = " \t\f\u000B";

    /** The parts of a line; null if it is empty or only a comment. */
    static LibsvmLine of(String line) {
        int comment = line.indexOf('#');
        String text = (comment < 0 ? line : line.substring(0, comment)).trim();
        if (text.isEmpty()) {
            return null;
        }
        StringTokenizer items = new StringTokenizer(text, BLANKS);
        String label = items.nextToken();
        String query = null;
        List<String> entries = new ArrayList<>(items.countTokens());
        while (items.hasMoreTokens()) {
            String item = items.nextToken();
            if (query == null && entries.isEmpty() && item.startsWith(QUERY)) {
                query = item;
            } else {
                entries.add(item);
            }
        }
        return new LibsvmLine(label, query, entries);
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
