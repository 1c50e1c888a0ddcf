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
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The roles of the columns of a table. Names may hold dots and any other characters.
 *
 * @param features one column of vectors or of arrays of numbers, or columns of numbers in their order
 * @param label a column of numbers; null if there are no labels
 * @param weight a column of the rows' weights; null for none
 * @param order a column to sort rows by, with a different value in every row; null for the table's own order
 */
public record TableColumns(List<String> features, String label, String weight, String order) {

    /** In a table read from text: the column with a row's values after the last column. */
    public static final String SURPLUS = "behind the last column";

    /** In a table read from text: the column with a whole row that has too many or too few values. */
    public static final String UNFIT = "row with another number of values";

    /** A message lists at most this many columns. */
    private static final int MOST_LISTED = 12;

    public TableColumns {
        features = List.copyOf(features);
    }

    /**
     * The columns whose names begin with {@code prefix}, in the table's order. Throws a {@link UserException} if there
     * are none.
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

    /** Throws a {@link UserException} if a column is missing or has another type; {@code source} is for the message. */
    public void requireIn(StructType schema, String source) {
        requireIn(schema, source, false, name -> "");
    }

    /** The same, but labels may be {@code texts}. The message ends with an {@code example} from the wrong column. */
    void requireIn(StructType schema, String source, boolean texts, UnaryOperator<String> example) {
        if (features.isEmpty()) {
            throw new UserException("Expected a column of features in " + source + ", got no name of one");
        }
        if (order != null && !RowOrdering.isOrderable(type(schema, order, source))) {
            throw wrongType(order, schema, source, "values that can be sorted", "");
        }
        boolean single = features.size() == 1;
        for (String name : features) {
            DataType type = type(schema, name, source);
            if (!isNumber(type) && !(single && isVector(type))) {
                String expected = single ? "vectors, arrays or numbers" : "numbers";
                throw wrongType(name, schema, source, expected, example.apply(name) + remedy(type));
            }
        }
        boolean text = label != null && type(schema, label, source) instanceof StringType;
        if (label != null && !isNumber(type(schema, label, source)) && !(text && texts)) {
            String details = text ? "; StringIndexer makes labels of texts" : example.apply(label);
            throw wrongType(label, schema, source, "numbers", details);
        }
        if (weight != null && !isNumber(type(schema, weight, source))) {
            throw wrongType(weight, schema, source, "numbers", example.apply(weight));
        }
    }

    /** How to convert a column of another type to features, for a message. */
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

    /** Whether a message about a column of the wrong type shows a value. */
    static boolean isShown(DataType type) {
        return type instanceof StringType || isTime(type);
    }

    private static boolean isTime(DataType type) {
        return List.of(DataTypes.DateType, DataTypes.TimestampType, DataTypes.TimestampNTZType)
                .contains(type);
    }

    /** The names of these columns, and {@link #SURPLUS} and {@link #UNFIT} if the table has them. */
    public List<String> names(StructType schema) {
        List<String> names = new ArrayList<>(features);
        Stream.of(label, weight, order).filter(Objects::nonNull).forEach(names::add);
        Stream.of(SURPLUS, UNFIT).filter(name -> has(schema, name)).forEach(names::add);
        return names.stream().distinct().toList();
    }

    /** Whether a table has a column of exactly this name. */
    public static boolean has(StructType schema, String name) {
        return Arrays.asList(schema.fieldNames()).contains(name);
    }

    /** Whether the features are one column of vectors or arrays. */
    boolean areVectors(StructType schema) {
        return features.size() == 1 && isVector(schema.apply(features.get(0)).dataType());
    }

    /** Whether labels are names of classes instead of numbers. */
    boolean haveNames(StructType schema) {
        DataType type = label == null ? null : schema.apply(label).dataType();
        return type instanceof StringType || DataTypes.BooleanType.equals(type);
    }

    /**
     * The sorted table: label, weight, order, {@link #SURPLUS}, {@link #UNFIT}, and then the features. Labels become
     * texts if {@code names}, otherwise numbers.
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

    /** The table in the order of its examples. */
    public Dataset<Row> sorted(Dataset<?> table) {
        return order == null ? table.toDF() : table.toDF().sort(column(order));
    }

    /** The field of that name. Throws a {@link UserException} if there is none. */
    public static StructField field(StructType schema, String name, String source) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserException(
                        "Expected a column '" + name + "' in " + source + ", found " + listed(schema)));
    }

    /** The column of this name, whatever characters it has. */
    public static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    /** A column of vectors, arrays of doubles, or doubles. */
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

    private static boolean isVector(DataType type) {
        return type.equals(SQLDataTypes.VectorType())
                || (type instanceof ArrayType array && array.elementType() instanceof NumericType);
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || DataTypes.BooleanType.equals(type);
    }

    private static UserException wrongType(
            String name, StructType schema, String source, String expected, String details) {
        return new UserException("Expected " + expected + " in the column '" + name + "' of " + source + ", found "
                + type(schema, name, source).simpleString() + details);
    }

    private static String listed(StructType schema) {
        String[] names = schema.fieldNames();
        String some = Arrays.stream(names).limit(MOST_LISTED).collect(Collectors.joining(", "));
        return names.length == 0 ? "none" : names.length > MOST_LISTED ? some + ", ..." : some;
    }
}
