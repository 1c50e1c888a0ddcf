package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.TableColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** Adapts columns to Spark's code for all classifiers: features in vectors, numbers as labels, names without dots. */
final class PlainColumns {

    private static final String DOTTED = ".*[.`].*";
    private static final String FILL = "; drop such rows, or fill them with Imputer before";

    private PlainColumns() {}

    /** Spark's transformed schema. Features may be vectors, arrays or numbers, and labels may be Booleans. */
    static StructType schema(StructType schema, TableColumns columns, UnaryOperator<StructType> spark) {
        String features = columns.features().get(0);
        if (!TableColumns.has(schema, features)) {
            return spark.apply(schema);
        }
        columns.requireIn(schema, FitData.SOURCE);
        StructField[] plain = Arrays.stream(schema.fields())
                .map(field -> field.name().equals(features)
                        ? of(field, SQLDataTypes.VectorType())
                        : field.name().equals(columns.label()) && field.dataType() instanceof BooleanType
                                ? of(field, DataTypes.DoubleType)
                                : field)
                .toArray(StructField[]::new);
        Map<String, StructField> given = Arrays.stream(schema.fields())
                .collect(Collectors.toMap(StructField::name, Function.identity(), (one, other) -> one));
        List<String> sought = Arrays.asList(features, columns.label(), columns.weight());
        List<StructField> nested = nested(Arrays.stream(plain)
                .filter(field -> sought.contains(field.name()) && field.name().contains("."))
                .toList());
        nested.removeIf(field -> given.containsKey(field.name()));
        StructField[] asked =
                Stream.concat(Arrays.stream(plain), nested.stream()).toArray(StructField[]::new);
        return new StructType(Arrays.stream(spark.apply(new StructType(asked)).fields())
                .filter(field -> !nested.contains(field))
                .map(field -> given.getOrDefault(field.name(), field))
                .toArray(StructField[]::new));
    }

    /** Structs with a field for each part of a dotted name, because Spark 4 looks up such names part by part. */
    private static List<StructField> nested(List<StructField> fields) {
        Map<String, List<StructField>> parts = fields.stream()
                .collect(Collectors.groupingBy(field -> field.name().split("\\.", 2)[0]));
        List<StructField> structs = new ArrayList<>();
        parts.forEach((name, inside) -> {
            List<StructField> rest = inside.stream()
                    .filter(field -> field.name().length() > name.length())
                    .map(field -> new StructField(
                            field.name().substring(name.length() + 1),
                            field.dataType(),
                            field.nullable(),
                            field.metadata()))
                    .toList();
            structs.add(
                    rest.isEmpty()
                            ? inside.get(0)
                            : DataTypes.createStructField(name, DataTypes.createStructType(nested(rest)), true));
        });
        return structs;
    }

    /** Whether Spark's code accepts a model's columns as they are. */
    static boolean arePlain(StructType schema, PerceptronClassificationModel model) {
        String features = model.getFeaturesCol();
        return !TableColumns.has(schema, features)
                || (schema.apply(features).dataType().equals(SQLDataTypes.VectorType())
                        && !features.matches(DOTTED)
                        && made(model)
                                .noneMatch(column -> model.getOrDefault(column).matches(DOTTED)));
    }

    /** Transforms a data frame by way of temporary columns that Spark's code accepts. */
    static Dataset<Row> transform(Dataset<?> dataset, PerceptronClassificationModel model) {
        model.transformSchema(dataset.schema());
        String prefix = model.uid().replaceAll("[.`]", "_") + "_";
        String vectors = prefix + "features";
        ParamMap names = new ParamMap().put(model.featuresCol(), vectors);
        made(model).forEach(column -> names.put(column, prefix + column.name()));
        Dataset<Row> transformed = model.withColumns(names)
                .transform(dataset.withColumn(vectors, vectors(dataset.schema(), model.getFeaturesCol())))
                .drop(vectors);
        for (Param<String> column : made(model).toList()) {
            transformed = transformed.withColumnRenamed(prefix + column.name(), model.getOrDefault(column));
        }
        return transformed;
    }

    private static Stream<Param<String>> made(PerceptronClassificationModel model) {
        return Stream.of(
                        model.rawPredictionCol(),
                        model.probabilityCol(),
                        model.predictionCol(),
                        model.contributionsCol())
                .filter(column -> !model.getOrDefault(column).isEmpty());
    }

    /** The features as a sparse vector. Throws UserException if they are null, not finite, or not {@code size} many. */
    static SparseVector scorable(Vector features, int size, String column) {
        if (features == null) {
            throw new UserException("Expected features in the column '" + column + "', found null" + FILL);
        }
        if (features.size() != size) {
            throw new UserException("Expected vectors of " + size + " features in the column '" + column
                    + "', as the model was trained on, found one of " + features.size());
        }
        SparseVector sparse = features instanceof SparseVector already ? already : features.toSparse();
        double[] values = sparse.values();
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                throw new UserException("Expected finite features in the column '" + column + "', found " + values[k]
                        + " as feature " + sparse.indices()[k] + FILL);
            }
        }
        return sparse;
    }

    /** The column of features as vectors. */
    static Column vectors(StructType schema, String features) {
        StructField field = schema.apply(features);
        Column column = TableColumns.feature(field);
        if (field.dataType().equals(SQLDataTypes.VectorType())) {
            return column;
        }
        UDF1<Seq<Object>, Vector> vector = array -> vector(array, features);
        return functions
                .udf(vector, SQLDataTypes.VectorType())
                .apply(TableColumns.isArray(field) ? column : functions.array(column));
    }

    private static Vector vector(Seq<Object> array, String column) {
        if (array == null) {
            return null;
        }
        double[] values = new double[array.size()];
        for (int j = 0; j < values.length; j++) {
            Object value = array.apply(j);
            if (value == null) {
                throw new UserException(
                        "Expected finite features in the column '" + column + "', found null as feature " + j + FILL);
            }
            values[j] = (double) value;
        }
        return Vectors.dense(values);
    }

    private static StructField of(StructField field, DataType type) {
        return new StructField(field.name(), type, field.nullable(), field.metadata());
    }
}
