package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ClassLabels;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Rows of a table, any that Spark has, as examples. Where no column gives the order it is that of the table's partitions and, in each, of its
 * rows: the order in which Spark shows them.
 */
public final class TableExamples {

    private final JavaRDD<Row> rows;
    private final List<String> features;
    private final boolean vectors;
    private final StructField order;
    private final String source;

    private TableExamples(
            JavaRDD<Row> rows, List<String> features, boolean vectors, StructField order, String source) {
        this.rows = rows;
        this.features = features;
        this.vectors = vectors;
        this.order = order;
        this.source = source;
    }

    /**
     * Looks at the table's columns, and at no row yet.
     *
     * @param source where the table comes from, for messages
     * @throws UserException if a column is missing, or has no such values
     */
    public static TableExamples of(Dataset<?> table, TableColumns columns, String source) {
        columns.requireIn(table.schema(), source);
        // Sorting looks at rows already.
        JavaRDD<Row> rows = SparkFailures.unwrap(() -> columns.select(table).javaRDD());
        return new TableExamples(
                rows,
                columns.features(),
                columns.areVectors(table.schema()),
                columns.order() == null ? null : TableColumns.field(table.schema(), columns.order(), source),
                source);
    }

    /**
     * The examples of a training set, with any labels: those in the table are the classes. One Spark job, which looks at all rows.
     *
     * @throws UserException if a row is bad, the first of them named by its number from 0 in the order of the examples
     */
    public Examples read() {
        List<TableCheck> parts = check(false);
        return examples(parts, labels(parts).classes(source));
    }

    /**
     * The examples of a training set whose labels are numbers of classes, from 0 on; likewise.
     *
     * @param classes C at least, where more are known than there are examples of; else 0
     */
    public Examples readNumbered(int classes) {
        List<TableCheck> parts = check(true);
        ClassLabels found = labels(parts).numbers(source);
        return examples(parts, found.count() < classes ? ClassLabels.upTo(classes) : found);
    }

    /** The examples of a test set, with the training set's labels; likewise. */
    public Examples read(ClassLabels labels) {
        return examples(check(false), labels);
    }

    private Examples examples(List<TableCheck> parts, ClassLabels labels) {
        int size = parts.stream().mapToInt(TableCheck::size).max().orElse(-1);
        if (size < 0) {
            throw new UserException("Expected at least one example in " + source + ", found none");
        }
        if (parts.stream().allMatch(TableCheck::isWeightless)) {
            throw new UserException("Expected a weight above 0 for some example in " + source + ", found none");
        }
        boolean vectors = this.vectors;
        return new Examples(
                rows.map(row -> TableCheck.point(row, vectors)),
                parts.stream().map(TableCheck::rows).toList(),
                size,
                labels,
                null,
                source);
    }

    private FoundLabels labels(List<TableCheck> parts) {
        FoundLabels all = new FoundLabels();
        parts.forEach(part -> all.merge(part.labels()));
        return all;
    }

    /** A good check for each partition. */
    private List<TableCheck> check(boolean labelsFromZero) {
        TableCheck.Rules rules = new TableCheck.Rules(new ArrayList<>(features), vectors, labelsFromZero, order);
        List<TableCheck> parts = SparkFailures.unwrap(() -> rows.mapPartitions(
                        part -> List.of(TableCheck.of(part, rules)).iterator())
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
