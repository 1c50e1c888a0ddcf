package io.sparkperceptron.session;

import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Makes data frames of tables. Doubles that are not finite become null. */
public final class Frames {

    private Frames() {}

    /** A data frame with a row for each thing. */
    public static <T> Dataset<Row> of(SparkSession spark, Table<T> table, List<T> things) {
        List<StructField> fields = new ArrayList<>();
        for (Column<T> column : table.columns()) {
            fields.add(DataTypes.createStructField(column.name(), type(column.type()), true));
        }
        List<Row> rows = things.stream()
                .map(thing -> RowFactory.create(table.columns().stream()
                        .map(column -> finite(column.value().apply(thing)))
                        .toArray()))
                .toList();
        return spark.createDataFrame(rows, DataTypes.createStructType(fields));
    }

    private static Object finite(Object value) {
        return value instanceof Double number && !Double.isFinite(number) ? null : value;
    }

    private static DataType type(Column.Type type) {
        return switch (type) {
            case INTEGER -> DataTypes.IntegerType;
            case LONG -> DataTypes.LongType;
            case DOUBLE -> DataTypes.DoubleType;
            case TEXT -> DataTypes.StringType;
        };
    }
}
