package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.TableColumns;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;

/** The column that says how much each feature adds to the score of a row's predicted class. */
final class Contributions {

    private Contributions() {}

    /** The schema with this column, if it has a name. Throws UserException if the name is taken. */
    static StructType schema(StructType schema, PerceptronParams owner) {
        String name = owner.getContributionsCol();
        if (name.isEmpty()) {
            return schema;
        }
        if (TableColumns.has(schema, name)) {
            throw new UserException("Expected a new name of a column as contributionsCol, found '" + name + "', which "
                    + FitData.SOURCE + " or another param already has");
        }
        return schema.add(name, SQLDataTypes.VectorType(), false);
    }

    /** Transformed rows with this column, if it has a name. Its metadata name the features. */
    static Dataset<Row> added(Dataset<Row> transformed, PerceptronClassificationModel model) {
        String name = model.getContributionsCol();
        if (name.isEmpty()) {
            return transformed;
        }
        UserDefinedFunction contributions = functions.udf(
                (Vector features, Double label) -> model.contributions(features, label), SQLDataTypes.VectorType());
        Column predicted = model.getPredictionCol().isEmpty()
                ? functions.lit(null).cast(DataTypes.DoubleType)
                : TableColumns.column(model.getPredictionCol());
        Column column = contributions.apply(TableColumns.column(model.getFeaturesCol()), predicted);
        return transformed.select(functions.col("*"), column.as(name, metadata(name, model.featureNames())));
    }

    private static Metadata metadata(String name, List<String> features) {
        Attribute[] attributes =
                features.stream().map(NumericAttribute.defaultAttr()::withName).toArray(Attribute[]::new);
        return features.isEmpty() ? Metadata.empty() : new AttributeGroup(name, attributes).toMetadata();
    }
}
