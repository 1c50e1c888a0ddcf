package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Which columns of a table are what. Names are taken as they are, dots and all.
 *
 * @param features a single column of vectors or of arrays of numbers, or columns of numbers in their order
 * @param label a column of numbers; null if there are no labels
 * @param weight a column of numbers that rows are weighted by; null for none
 * @param order a column that rows are sorted by, which has another value in every row; null for the table's own order
 */
public record TableColumns(List<String> features, String label, String weight, String order) {

    /** The column that holds a row's values beyond the last column, in a table that was read from text. */
    public static final String SURPLUS = "behind the last column";

    /** The column that holds a whole row with too many or too few values, in a table that was read from text. */
    public static final String UNFIT = "row with another number of values";

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
        requireIn(schema, source, false, name -> "");
    }

    /**
     * Likewise.
     *
     * @param texts whether labels may be texts
     * @param example of what is wrong in a column, for the message
     */
    void requireIn(StructType schema, String source, boolean texts, UnaryOperator<String> example) {
        if (features.isEmpty()) {
            throw new UserException("Expected a column of features in " + source + ", got no name of one");
        }
        if (order != null && !RowOrdering.isOrderable(type(schema, order, source))) {
            throw wrongType(order, schema, source, "values that can be sorted", "", "");
        }
        for (String name : features) {
            DataType type = type(schema, name, source);
            if (!isNumber(type) && !(features.size() == 1 && isVector(type))) {
                throw wrongType(
                        name,
                        schema,
                        source,
                        features.size() == 1 ? "vectors, arrays or numbers" : "numbers",
                        example.apply(name),
                        remedy(type));
            }
        }
        if (label != null
                && !isNumber(type(schema, label, source))
                && !(texts && type(schema, label, source) instanceof StringType)) {
            boolean text = type(schema, label, source) instanceof StringType;
            throw wrongType(
                    label,
                    schema,
                    source,
                    "numbers",
                    text ? "" : example.apply(label),
                    text ? "; StringIndexer makes labels of texts" : "");
        }
        if (weight != null && !isNumber(type(schema, weight, source))) {
            throw wrongType(weight, schema, source, "numbers", example.apply(weight), "");
        }
    }

    /** Advice on how to make features of such a column, for a message. */
    private static String remedy(DataType type) {
        if (type.equals(SQLDataTypes.VectorType())) {
            return "; VectorAssembler makes vectors of other columns";
        }
        if (type instanceof org.apache.spark.mllib.linalg.VectorUDT) {
            return " of the older package org.apache.spark.mllib; MLUtils.convertVectorColumnsToML makes vectors of"
                    + " org.apache.spark.ml of them";
        }
        if (type instanceof StringType) {
            return "; drop such rows, or put numbers in their place";
        }
        if (isTime(type)) {
            return "; datediff and unix_timestamp make numbers of dates and times";
        }
        return type instanceof ArrayType array && array.elementType() instanceof StringType
                ? "; cast its elements to double"
                : "";
    }

    /** Whether a value of a column that was to have numbers is worth showing. */
    static boolean isShown(DataType type) {
        return type instanceof StringType || isTime(type);
    }

    private static boolean isTime(DataType type) {
        return type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType;
    }

    /** All that are named, and {@link #SURPLUS} and {@link #UNFIT} if the table has them. */
    public List<String> names(StructType schema) {
        List<String> names = new ArrayList<>(features);
        Stream.of(label, weight, order).filter(Objects::nonNull).forEach(names::add);
        Stream.of(SURPLUS, UNFIT).filter(name -> has(schema, name)).forEach(names::add);
        return names.stream().distinct().toList();
    }

    private static boolean has(StructType schema, String name) {
        return Arrays.asList(schema.fieldNames()).contains(name);
    }

    /** Whether there is one column, of vectors or arrays. */
    boolean areVectors(StructType schema) {
        return features.size() == 1 && isVector(schema.apply(features.get(0)).dataType());
    }

    /** Whether labels are names of classes, and no numbers. */
    boolean haveNames(StructType schema) {
        DataType type =
                label == null ? DataTypes.DoubleType : schema.apply(label).dataType();
        return type instanceof StringType || type instanceof BooleanType;
    }

    /**
     * The label, the weight, what rows are sorted by, surplus, unfit rows, and then the features, of the sorted table.
     *
     * @param names whether labels are wanted as texts
     */
    Dataset<Row> select(Dataset<?> table, boolean names) {
        List<Column> columns = new ArrayList<>();
        columns.add(
                label == null
                        ? functions.lit(0.0)
                        : column(label).cast(names ? DataTypes.StringType : DataTypes.DoubleType));
        columns.add(weight == null ? functions.lit(1.0) : number(weight));
        columns.add(order == null ? functions.lit(null) : column(order));
        for (String name : List.of(SURPLUS, UNFIT)) {
            columns.add(has(table.schema(), name) ? column(name) : functions.lit(null));
        }
        features.forEach(name -> columns.add(feature(field(table.schema(), name, "the table"))));
        return sorted(table).select(columns.toArray(Column[]::new));
    }

    Dataset<Row> sorted(Dataset<?> table) {
        return order == null ? table.toDF() : table.toDF().sort(column(order));
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

    /** Vectors as they are, arrays of doubles, or doubles. */
    public static Column feature(StructField field) {
        if (field.dataType().equals(SQLDataTypes.VectorType())) {
            return column(field.name());
        }
        return isArray(field)
                ? column(field.name()).cast(DataTypes.createArrayType(DataTypes.DoubleType))
                : number(field.name());
    }

    public static boolean isArray(StructField field) {
        return field.dataType() instanceof ArrayType;
    }

    private static Column number(String name) {
        return column(name).cast(DataTypes.DoubleType);
    }

    private static DataType type(StructType schema, String name, String source) {
        return field(schema, name, source).dataType();
    }

    /** Vectors, or arrays that are taken as such. */
    private static boolean isVector(DataType type) {
        return type.equals(SQLDataTypes.VectorType())
                || (type instanceof ArrayType array && array.elementType() instanceof NumericType);
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    private static UserException wrongType(
            String name, StructType schema, String source, String expected, String example, String remedy) {
        return new UserException("Expected " + expected + " in the column '" + name + "' of " + source + ", found "
                + type(schema, name, source).simpleString() + example + remedy);
    }

    private static String listed(StructType schema) {
        String[] names = schema.fieldNames();
        String some = Arrays.stream(names).limit(MOST_LISTED).collect(Collectors.joining(", "));
        return names.length == 0 ? "none" : names.length > MOST_LISTED ? some + ", ..." : some;
    }
}
