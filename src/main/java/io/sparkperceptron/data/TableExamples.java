package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.spark.SparkFailures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import scala.Tuple2;

/**
 * The rows of any Spark table as examples. If no column gives the order, it is the order of the table's partitions and
 * of the rows in each partition, in which Spark shows the rows.
 */
public final class TableExamples {

    private final Dataset<?> table;
    private final TableColumns columns;
    private final String source;
    /** The rows with labels as texts (true) or numbers (false). All jobs share one RDD, so that Spark sorts once. */
    private final Map<Boolean, JavaRDD<Row>> rows = new HashMap<>();

    private TableExamples(Dataset<?> table, TableColumns columns, String source) {
        this.table = table;
        this.columns = columns;
        this.source = source;
    }

    /**
     * Checks the table's columns. Reads rows only to show what is wrong in a column.
     *
     * @param source where the table comes from, for messages
     * @throws UserException if a column is missing or of another type; the message names the first text that is no
     *     number
     */
    public static TableExamples of(Dataset<?> table, TableColumns columns, String source) {
        TableExamples examples = new TableExamples(table, columns, source);
        columns.requireIn(table.schema(), source, true, examples::example);
        return examples;
    }

    /**
     * The examples of a training set. The labels in the table are the classes; texts and booleans are sorted by name.
     * Runs one Spark job, which checks all rows, and one more for texts. Throws a {@link UserException} if a row is
     * bad; it names the first bad row by its number, from 0 in the order of the examples.
     */
    public Examples read() {
        ClassLabels names = columns.haveNames(table.schema()) ? names() : null;
        List<TableCheck> parts = check(false, names);
        return examples(parts, names == null ? labels(parts).classes(source) : names);
    }

    /**
     * The same as {@link #read()}, but labels are numbers of classes, from 0 on. There are at least {@code classes}
     * classes, even if some have no examples; 0 if unknown.
     */
    public Examples readNumbered(int classes) {
        columns.requireIn(table.schema(), source, false, this::example);
        List<TableCheck> parts = check(true, null);
        ClassLabels found = labels(parts).numbers(source);
        return examples(parts, found.count() < classes ? ClassLabels.upTo(classes) : found);
    }

    /** The examples of a test set, with the labels of the training set. Otherwise the same as {@link #read()}. */
    public Examples read(ClassLabels labels) {
        if (!labels.areNames() && table.schema().apply(columns.label()).dataType() instanceof StringType) {
            throw new UserException("Expected " + labels.expected() + " in the column '" + columns.label() + "' of "
                    + source + ", found string" + example(columns.label()));
        }
        return examples(check(false, labels.areNames() ? labels : null), labels);
    }

    /**
     * The first value that is not a number in a column of the wrong type, and its row, for a message. Throws a {@link
     * UserException} if the table is empty, or the value is null.
     */
    private String example(String name) {
        DataType type = table.schema().apply(name).dataType();
        if (!TableColumns.isShown(type)) {
            return "";
        }
        boolean texts = type instanceof StringType;
        JavaRDD<String> values = columns.sorted(table)
                .select(TableColumns.column(name))
                .javaRDD()
                .map(row -> row.isNullAt(0) ? null : TableCheck.text(row.get(0)));
        List<Tuple2<String, Long>> bad = SparkFailures.unwrap(() -> values.zipWithIndex()
                .filter(value -> texts ? !TableCheck.isNumber(value._1()) : value._1() != null)
                .take(1));
        if (bad.isEmpty()) {
            if (SparkFailures.unwrap(values::isEmpty)) {
                throw new UserException("Expected at least one example in " + source + ", found none");
            }
            if (texts) {
                throw new UserException("Expected numbers in the column '" + name + "' of " + source
                        + ", found texts, though each is a number; cast them to double");
            }
            return "";
        }
        if (bad.get(0)._1() == null) {
            throw new UserException("Expected a finite number in the column '" + name + "' in row "
                    + bad.get(0)._2() + " of " + source + ", found null");
        }
        return ", '" + bad.get(0)._1() + "' in row " + bad.get(0)._2();
    }

    private Examples examples(List<TableCheck> parts, ClassLabels labels) {
        int size = parts.stream().mapToInt(TableCheck::size).max().orElse(-1);
        if (size < 0) {
            throw new UserException("Expected at least one example in " + source + ", found none");
        }
        if (parts.stream().allMatch(TableCheck::hasNoWeight)) {
            throw new UserException("Expected a weight above 0 for some example in " + source + ", found none");
        }
        if (labels.areNames() && labels.count() == 1) {
            throw new UserException("Expected at least two labels in " + source + ", found only " + labels.text(0));
        }
        ClassLabels names = labels.areNames() ? labels : null;
        return new Examples(
                rows(labels.areNames()).map(row -> TableCheck.point(row, names)),
                parts.stream().map(part -> part.labels().rows()).toList(),
                size,
                FeatureNames.of(table.schema(), columns.features(), size),
                labels,
                null,
                source);
    }

    private JavaRDD<Row> rows(boolean names) {
        // Sorting already runs a job, which may fail.
        return rows.computeIfAbsent(
                names,
                texts -> SparkFailures.unwrap(() -> columns.select(table, texts).javaRDD()));
    }

    private static FoundLabels labels(List<TableCheck> parts) {
        return FoundLabels.merged(parts.stream().map(TableCheck::labels));
    }

    /**
     * The labels of a table whose classes have names. Throws a {@link UserException} if there are too many labels, or
     * if only some are numbers.
     */
    private ClassLabels names() {
        if (!(table.schema().apply(columns.label()).dataType() instanceof StringType)) {
            return ClassLabels.named(List.of("false", "true"));
        }
        int most = Examples.MOST_CLASSES + 1;
        List<String> found = SparkFailures.unwrap(() -> rows(true)
                .map(TableCheck::name)
                .filter(Objects::nonNull)
                .mapPartitions(
                        part -> Examples.stream(part).distinct().limit(most).iterator())
                .collect());
        TreeSet<String> all = new TreeSet<>(found);
        if (all.size() >= most) {
            throw new UserException(
                    "Expected at most " + Examples.MOST_CLASSES + " classes, found more labels in " + source);
        }
        long numbers = all.stream().filter(TableCheck::isNumber).count();
        if (numbers > 0 && numbers < all.size()) {
            throw new UserException("Expected labels that are all numbers, or none of them, in the column '"
                    + columns.label() + "' of " + source + ", found numbers" + example(columns.label()));
        }
        return ClassLabels.named(new ArrayList<>(all));
    }

    /** The checks of all partitions. Throws a {@link UserException} for the first bad row. */
    private List<TableCheck> check(boolean labelsFromZero, ClassLabels names) {
        TableCheck.Rules rules = new TableCheck.Rules(
                new ArrayList<>(columns.features()),
                columns.areVectors(table.schema()),
                labelsFromZero,
                names,
                columns.order() == null ? null : TableColumns.field(table.schema(), columns.order(), source));
        List<TableCheck> parts = SparkFailures.unwrap(() -> rows(names != null)
                .mapPartitions(part -> List.of(TableCheck.of(part, rules)).iterator())
                .collect());
        long row = 0;
        int size = -1;
        for (TableCheck part : parts) {
            if (size >= 0 && part.size() >= 0 && part.size() != size) {
                throw new UserException("Expected vectors of " + size + " features as in the rows before in row " + row
                        + " of " + source + ", found " + part.size());
            }
            size = Math.max(size, part.size());
            row += part.labels().rows();
            if (part.problem() != null) {
                throw new UserException(part.problem().replace(TableCheck.ROW, "row " + row + " of " + source));
            }
        }
        return parts;
    }
}
