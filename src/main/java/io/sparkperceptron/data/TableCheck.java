package io.sparkperceptron.data;

import io.sparkperceptron.model.ClassLabels;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.lang3.math.NumberUtils;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** The result of checking consecutive rows of a table: their number, their labels, and the first error. */
final class TableCheck implements Serializable {

    // The positions of columns in the result of TableColumns.select.
    private static final int LABEL = 0;
    private static final int WEIGHT = 1;
    private static final int ORDER = 2;
    private static final int SURPLUS = 3;
    private static final int UNFIT = 4;
    private static final int FEATURES = 5;

    static final String ROW = "{row}";

    private static final String QUOTE = "'; quote values that hold the separator, and write decimals with a point";

    /** The longest part of a value that a message shows. */
    private static final int MOST_CHARACTERS = 60;

    /**
     * The rules for good rows.
     *
     * @param names the names of classes if labels are texts; otherwise null
     * @param order the column by which rows are sorted; null for none
     */
    record Rules(List<String> features, boolean vectors, boolean labelsFromZero, ClassLabels names, StructField order)
            implements Serializable {}

    private final FoundLabels labels = new FoundLabels();
    private int size = -1;
    private boolean noWeight = true;
    private String problem;

    /** Checks rows up to the first bad one. */
    static TableCheck of(Iterator<Row> rows, Rules rules) {
        TableCheck check = new TableCheck();
        SortedColumn order =
                rules.order() == null ? null : new SortedColumn(rules.order().dataType());
        while (rows.hasNext() && check.problem == null) {
            check.checkRow(rows.next(), order, rules);
        }
        return check;
    }

    /** A good row as a point. */
    static LabeledPoint point(Row row, ClassLabels names) {
        Vector features = features(row);
        double weight = row.getDouble(WEIGHT);
        return weight == 1
                ? new LabeledPoint(label(row, names), features)
                : new WeightedPoint(label(row, names), features, weight);
    }

    /** The label of a row whose labels are texts; may be null. */
    static String name(Row row) {
        return row.getString(LABEL);
    }

    private static double label(Row row, ClassLabels names) {
        return names == null ? row.getDouble(LABEL) : names.classOf(name(row));
    }

    /** Whether a text is a number. */
    static boolean isNumber(String text) {
        return text != null && !Double.isNaN(NumberUtils.toDouble(text.strip(), Double.NaN));
    }

    /** The labels and the number of the good rows. */
    FoundLabels labels() {
        return labels;
    }

    /** The size of the first row's vector; -1 if there is none. */
    int size() {
        return size;
    }

    /** Whether no row has a weight above 0. */
    boolean hasNoWeight() {
        return noWeight;
    }

    /** The error of the row after the good ones, with {@value #ROW} for the row's name; null if there is none. */
    String problem() {
        return problem;
    }

    private void checkRow(Row row, SortedColumn order, Rules rules) {
        problem = problem(row, order, rules);
        if (problem == null) {
            int now = rules.vectors() ? features(row).size() : rules.features().size();
            size = size < 0 ? now : size;
            noWeight &= row.getDouble(WEIGHT) == 0;
            labels.add((int) label(row, rules.names()));
        }
    }

    private String problem(Row row, SortedColumn order, Rules rules) {
        if (!row.isNullAt(SURPLUS) && !row.getString(SURPLUS).isBlank()) {
            return "Expected no value behind the last column in {row}, found '" + text(row.getString(SURPLUS)) + QUOTE;
        }
        if (!row.isNullAt(UNFIT)) {
            return "Expected a value for each column in {row}, and no more, found '" + text(row.getString(UNFIT))
                    + QUOTE;
        }
        if (row.isNullAt(LABEL)) {
            return "Expected a label in {row}, found null";
        }
        double label = label(row, rules.names());
        if (label < 0 && rules.names() != null) {
            return "Expected " + rules.names().expected() + " in {row}, found " + text(name(row));
        }
        if (!FoundLabels.isLabel(label) || (rules.labelsFromZero() && label < 0)) {
            return "Expected a whole number" + (rules.labelsFromZero() ? " from 0 on" : "")
                    + " as the label in {row}, found " + label + "; StringIndexer makes such labels";
        }
        if (row.isNullAt(WEIGHT) || !(row.getDouble(WEIGHT) >= 0 && row.getDouble(WEIGHT) < Double.POSITIVE_INFINITY)) {
            return "Expected a finite weight of at least 0 in {row}, found " + row.get(WEIGHT);
        }
        if (order != null && order.isTie(row.get(ORDER))) {
            return "Expected another value in every row of the column '"
                    + rules.order().name() + "' that gives the order, found " + text(row.get(ORDER))
                    + " twice, in {row} and the row before";
        }
        return rules.vectors() ? problemOfVector(row) : problemOfNumbers(row, rules.features());
    }

    private String problemOfVector(Row row) {
        if (row.isNullAt(FEATURES)) {
            return "Expected features in {row}, found null; drop such rows, or fill them with Imputer before";
        }
        if (!(row.get(FEATURES) instanceof Vector) && row.getList(FEATURES).contains(null)) {
            return "Expected finite features in {row}, found null as feature "
                    + row.getList(FEATURES).indexOf(null);
        }
        Vector vector = features(row);
        if (vector.size() == 0 || (size >= 0 && vector.size() != size)) {
            return "Expected vectors of " + (size < 0 ? "at least 1 feature" : size + " features as in the rows before")
                    + " in {row}, found " + vector.size();
        }
        double[] values = vector instanceof SparseVector sparse ? sparse.values() : vector.toArray();
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                int feature = vector instanceof SparseVector sparse ? sparse.indices()[k] : k;
                return "Expected finite features in {row}, found " + values[k] + " as feature " + feature;
            }
        }
        return null;
    }

    /** A value as text, shortened for a message. */
    static String text(Object value) {
        String text = value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }

    private static String problemOfNumbers(Row row, List<String> names) {
        for (int j = 0; j < names.size(); j++) {
            if (row.isNullAt(FEATURES + j) || !Double.isFinite(row.getDouble(FEATURES + j))) {
                return "Expected a finite number in the column '" + names.get(j) + "' in {row}, found "
                        + row.get(FEATURES + j);
            }
        }
        return null;
    }

    /** Features from a vector, an array, or the columns from {@link #FEATURES} on. */
    private static Vector features(Row row) {
        if (row.get(FEATURES) instanceof Vector vector) {
            return vector;
        }
        if (row.length() == FEATURES + 1 && !(row.get(FEATURES) instanceof Double)) {
            return Vectors.dense(row.<Double>getList(FEATURES).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray());
        }
        double[] values = new double[row.length() - FEATURES];
        Arrays.setAll(values, j -> row.getDouble(FEATURES + j));
        return Vectors.dense(values);
    }
}
