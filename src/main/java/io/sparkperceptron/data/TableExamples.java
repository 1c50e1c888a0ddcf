package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.spark.SparkFailures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import scala.Tuple2;

/**
 * Rows of a table, any that Spark has, as examples. Where no column gives the order it is that of the table's partitions and, in each, of its
 * rows: the order in which Spark shows them.
 */
public final class TableExamples {

    private final Dataset<?> table;
    private final TableColumns columns;
    private final String source;
    /** The rows with labels as texts (true) or numbers (false). One RDD serves all jobs, so that Spark sorts once. */
    private final Map<Boolean, JavaRDD<Row>> rows = new HashMap<>();

    private TableExamples(Dataset<?> table, TableColumns columns, String source) {
        this.table = table;
        this.columns = columns;
        this.source = source;
    }

    /**
     * Looks at the table's columns, and at rows only where a column has no such values.
     *
     * @param source where the table comes from, for messages
     * @throws UserException if a column is missing, or has no such values; of texts it names the first that is no number
     */
    public static TableExamples of(Dataset<?> table, TableColumns columns, String source) {
        TableExamples examples = new TableExamples(table, columns, source);
        examples.requireColumns(true);
        return examples;
    }

    /**
     * The examples of a training set, with any labels: those in the table are the classes, texts and truth values in the order of
     * their names. One Spark job, which looks at all rows, and one more for texts.
     *
     * @throws UserException if a row is bad, the first of them named by its number from 0 in the order of the examples
     */
    public Examples read() {
        if (columns.haveNames(table.schema())) {
            ClassLabels names = names();
            return examples(check(false, names), names);
        }
        List<TableCheck> parts = check(false, null);
        return examples(parts, labels(parts).classes(source));
    }

    /**
     * The examples of a training set whose labels are numbers of classes, from 0 on; likewise.
     *
     * @param classes C at least, where more are known than there are examples of; else 0
     */
    public Examples readNumbered(int classes) {
        requireColumns(false);
        List<TableCheck> parts = check(true, null);
        ClassLabels found = labels(parts).numbers(source);
        return examples(parts, found.count() < classes ? ClassLabels.upTo(classes) : found);
    }

    /** The examples of a test set, with the training set's labels; likewise. */
    public Examples read(ClassLabels labels) {
        if (!labels.areNames() && table.schema().apply(columns.label()).dataType() instanceof StringType) {
            throw new UserException("Expected " + labels.expected() + " in the column '" + columns.label() + "' of "
                    + source + ", found string" + example(columns.label()));
        }
        return examples(check(false, labels.areNames() ? labels : null), labels);
    }

    private void requireColumns(boolean texts) {
        columns.requireIn(table.schema(), source, texts, this::example);
    }

    /**
     * What is wrong in a column that has another type than is wanted: its first value that is no number, and the row.
     *
     * @throws UserException if the table is empty, or that value is null
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
        if (parts.stream().allMatch(TableCheck::isWeightless)) {
            throw new UserException("Expected a weight above 0 for some example in " + source + ", found none");
        }
        if (labels.areNames() && labels.count() == 1) {
            throw new UserException("Expected at least two labels in " + source + ", found only " + labels.text(0));
        }
        ClassLabels names = labels.areNames() ? labels : null;
        return new Examples(
                rows(labels.areNames()).map(row -> TableCheck.point(row, names)),
                parts.stream().map(TableCheck::rows).toList(),
                size,
                labels,
                null,
                source);
    }

    private JavaRDD<Row> rows(boolean names) {
        return rows.computeIfAbsent(
                names,
                // Sorting already runs a job, which may fail.
                wanted ->
                        SparkFailures.unwrap(() -> columns.select(table, wanted).javaRDD()));
    }

    private FoundLabels labels(List<TableCheck> parts) {
        FoundLabels all = new FoundLabels();
        parts.forEach(part -> all.merge(part.labels()));
        return all;
    }

    /**
     * The labels of a table that has names for its classes.
     *
     * @throws UserException if there are too many, or some are numbers and others are none
     */
    private ClassLabels names() {
        if (!(table.schema().apply(columns.label()).dataType() instanceof StringType)) {
            return ClassLabels.named(List.of("false", "true"));
        }
        TreeSet<String> all = new TreeSet<>();
        int most = Examples.MOST_CLASSES + 1;
        SparkFailures.unwrap(() -> rows(true)
                        .mapPartitions(part -> {
                            TreeSet<String> found = new TreeSet<>();
                            while (part.hasNext() && found.size() < most) {
                                Row row = part.next();
                                if (!TableCheck.isUnlabelled(row)) {
                                    found.add(TableCheck.name(row));
                                }
                            }
                            return found.iterator();
                        })
                        .collect())
                .forEach(all::add);
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

    /** A good check for each partition. */
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
            row += part.rows();
            if (part.problem() != null) {
                throw new UserException(part.problem().replace(TableCheck.ROW, "row " + row + " of " + source));
            }
        }
        return parts;
    }
}
