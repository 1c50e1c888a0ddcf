package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.TableColumns;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.ClassificationSummary;
import org.apache.spark.mllib.evaluation.MulticlassMetrics;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple3;

/**
 * The predictions of a model for labelled rows, and Spark's metrics of them: accuracy, and precision, recall and others
 * by label. The first metric that is asked for reads the rows. With weightCol a row counts as its weight.
 */
public class PerceptronSummary implements ClassificationSummary {

    final transient PerceptronClassificationModel model;
    final transient Dataset<?> rows;
    private transient Dataset<Row> predictions;
    private transient String predictionCol;
    private transient MulticlassMetrics metrics;

    PerceptronSummary(PerceptronClassificationModel model, Dataset<?> rows) {
        this.model = model;
        this.rows = rows;
    }

    /** The rows with the columns of {@link PerceptronClassificationModel#transform}. */
    @Override
    public final synchronized Dataset<Row> predictions() {
        if (predictions == null) {
            // If the column of predictions has no name, Spark gives it one.
            Tuple3<?, ?, ?> summarized = model.findSummaryModel();
            predictionCol = (String) summarized._3();
            predictions = ((PerceptronClassificationModel) summarized._1()).transform(rows);
        }
        return predictions;
    }

    @Override
    public final synchronized String predictionCol() {
        predictions();
        return predictionCol;
    }

    @Override
    public final String labelCol() {
        return model.getLabelCol();
    }

    /** The column of weights; empty if all rows count the same. */
    @Override
    public final String weightCol() {
        return OwnParams.name(model, model.weightCol());
    }

    /** Spark's trait takes all its metrics from here. */
    @Override
    public final synchronized MulticlassMetrics
            org$apache$spark$ml$classification$ClassificationSummary$$multiclassMetrics() {
        if (metrics == null) {
            boolean weighted = Arrays.asList(rows.columns()).contains(weightCol());
            JavaRDD<Tuple3<Object, Object, Object>> counted = predictions()
                    .select(
                            number(predictionCol()),
                            number(labelCol()),
                            weighted ? number(weightCol()) : functions.lit(1.0))
                    .javaRDD()
                    .map(PerceptronSummary::counted);
            metrics = new MulticlassMetrics(counted.rdd());
        }
        return metrics;
    }

    private static Column number(String name) {
        return TableColumns.column(name).cast(DataTypes.DoubleType);
    }

    private static Tuple3<Object, Object, Object> counted(Row row) {
        if (row.isNullAt(1) || row.isNullAt(2)) {
            throw new UserException("Expected a label and a weight in every row to evaluate, found null");
        }
        return new Tuple3<>(row.getDouble(0), row.getDouble(1), row.getDouble(2));
    }

    /** Does nothing: Scala would set the field of a trait by this, but here the metrics are made on first use. */
    @Override
    public final void
            org$apache$spark$ml$classification$ClassificationSummary$_setter_$org$apache$spark$ml$classification$ClassificationSummary$$multiclassMetrics_$eq(
                    MulticlassMetrics given) {}
}
