package io.sparkperceptron.session;

import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Makes data frames of tables. Doubles that are not finite become null. */
public final class Frames {

    private Frames() {}

    /** A data frame with a row for each element of {@code things}. */
    public static <T> Dataset<Row> of(SparkSession spark, Table<T> table, List<T> things) {
        StructType columns = new StructType();
        for (Column<T> column : table.columns()) {
            // Spark has the same names of types, except for texts.
            String type =
                    column.type() == Column.Type.TEXT ? "STRING" : column.type().name();
            columns = columns.add(column.name(), type);
        }
        List<Row> rows = things.stream()
                .map(thing -> RowFactory.create(table.columns().stream()
                        .map(column -> finite(column.value().apply(thing)))
                        .toArray()))
                .toList();
        return spark.createDataFrame(rows, columns);
    }

    private static Object finite(Object value) {
        return value instanceof Double number && !Double.isFinite(number) ? null : value;
    }
}
