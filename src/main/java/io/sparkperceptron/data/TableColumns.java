package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns of a table are what. Names are taken as they are, dots and all.
 *
 * @param features a single column of vectors, or columns of numbers in their order
 * @param label a column of numbers; null if there are no labels
 * @param weight a column of numbers that rows are weighted by; null for none
 * @param order a column that rows are sorted by, which has another value in every row; null for the table's own order
 */
public record TableColumns(List<String> features, String label, String weight, String order) {

    /** A column of what stands behind the last column of a row, in a table that was read from text. */
    public static final String SURPLUS = "behind the last column";

    /** More columns are not listed in a sentence. */
    private static final int MOST_LISTED = 12;

    public TableColumns {
        features = List.copyOf(features);
    }

    /** A column of vectors and one of labels. */
    public TableColumns(String features, String label) {
        this(List.of(features), label, null, null);
    }

    /**
     * Columns of numbers whose names begin alike, in the table's order.
     *
     * @throws UserException if there are none
     */
    public static List<String> withPrefix(String prefix, StructType schema, String source) {
        List<String> names = Arrays.stream(schema.fieldNames())
                .filter(name -> name.startsWith(prefix))
                .toList();
        if (names.isEmpty()) {
            throw new UserException("Expected columns whose names begin with '" + prefix + "' in " + source + ", found "
                    + listed(schema));
        }
        return names;
    }

    /**
     * Checks that the table has such columns.
     *
     * @param source where the table comes from, for the message
     * @throws UserException if one is missing, or has no such values
     */
    public void requireIn(StructType schema, String source) {
        if (features.isEmpty()) {
            throw new UserException("Expected a column of features in " + source + ", got no name of one");
        }
        for (String name : features) {
            boolean vectors = type(schema, name, source).equals(SQLDataTypes.VectorType());
            if (!(vectors && features.size() == 1) && !isNumber(type(schema, name, source))) {
                throw wrongType(
                        name,
                        schema,
                        source,
                        features.size() == 1 ? "vectors or numbers" : "numbers",
                        "; VectorAssembler makes vectors of other columns");
            }
        }
        if (label != null && !isNumber(type(schema, label, source))) {
            throw wrongType(label, schema, source, "numbers", "; StringIndexer makes labels of texts");
        }
        if (weight != null && !isNumber(type(schema, weight, source))) {
            throw wrongType(weight, schema, source, "numbers", "");
        }
        if (order != null && !RowOrdering.isOrderable(type(schema, order, source))) {
            throw wrongType(order, schema, source, "values that can be sorted", "");
        }
    }

    /** All that are named, and {@link #SURPLUS} if the table has it. */
    public List<String> names(StructType schema) {
        List<String> names = new ArrayList<>(features);
        Stream.of(label, weight, order, hasSurplus(schema) ? SURPLUS : null)
                .filter(Objects::nonNull)
                .forEach(names::add);
        return names.stream().distinct().toList();
    }

    private static boolean hasSurplus(StructType schema) {
        return Arrays.asList(schema.fieldNames()).contains(SURPLUS);
    }

    /** Whether there is one column, of vectors. */
    boolean areVectors(StructType schema) {
        return features.size() == 1 && schema.apply(features.get(0)).dataType().equals(SQLDataTypes.VectorType());
    }

    /** The label, the weight, what rows are sorted by, the surplus, and then the features, of the sorted table. */
    Dataset<Row> select(Dataset<?> table) {
        List<Column> columns = new ArrayList<>();
        columns.add(label == null ? functions.lit(0.0) : number(label));
        columns.add(weight == null ? functions.lit(1.0) : number(weight));
        columns.add(order == null ? functions.lit(null) : column(order));
        columns.add(hasSurplus(table.schema()) ? column(SURPLUS) : functions.lit(null));
        features.forEach(name -> columns.add(areVectors(table.schema()) ? column(name) : number(name)));
        Dataset<Row> sorted = order == null ? table.toDF() : table.toDF().sort(column(order));
        return sorted.select(columns.toArray(Column[]::new));
    }

    /**
     * The column of that name.
     *
     * @throws UserException if there is none
     */
    public static StructField field(StructType schema, String name, String source) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserException(
                        "Expected a column '" + name + "' in " + source + ", found " + listed(schema)));
    }

    /** The column of a name, whatever characters that has. */
    public static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    private static Column number(String name) {
        return column(name).cast(DataTypes.DoubleType);
    }

    private static DataType type(StructType schema, String name, String source) {
        return field(schema, name, source).dataType();
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    private static UserException wrongType(
            String name, StructType schema, String source, String expected, String remedy) {
        return new UserException("Expected " + expected + " in the column '" + name + "' of " + source + ", found "
                + type(schema, name, source).simpleString() + remedy);
    }

    private static String listed(StructType schema) {
        String[] names = schema.fieldNames();
        String some = Arrays.stream(names).limit(MOST_LISTED).collect(Collectors.joining(", "));
        return names.length == 0 ? "none" : names.length > MOST_LISTED ? some + ", ..." : some;
    }
}
