package io.sparkperceptron.session;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Rows for a data frame. */
final class Frame {

    private final List<StructField> columns = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    Frame integers(String... names) {
        return columns(DataTypes.IntegerType, names);
    }

    Frame longs(String... names) {
        return columns(DataTypes.LongType, names);
    }

    Frame doubles(String... names) {
        return columns(DataTypes.DoubleType, names);
    }

    Frame texts(String... names) {
        return columns(DataTypes.StringType, names);
    }

    /** Adds a row; doubles that are not finite become null. */
    void add(Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Double number && !Double.isFinite(number)) {
                values[i] = null;
            }
        }
        rows.add(RowFactory.create(values));
    }

    Dataset<Row> create(SparkSession spark) {
        return spark.createDataFrame(rows, DataTypes.createStructType(columns));
    }

    private Frame columns(DataType type, String... names) {
        for (String name : names) {
            columns.add(DataTypes.createStructField(name, type, true));
        }
        return this;
    }
}
