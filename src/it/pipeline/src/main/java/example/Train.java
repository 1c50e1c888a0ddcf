package example;

import io.sparkperceptron.ml.PerceptronClassificationModel;
import io.sparkperceptron.ml.PerceptronClassifier;
import java.io.IOException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Fits a pipeline to a table and saves it. */
public final class Train {

    private Train() {}

    /** Of the table and of the folder for the pipeline. */
    public static void main(String[] arguments) throws IOException {
        SparkSession spark = SparkSession.builder().getOrCreate();
        Dataset<Row> flowers = spark.read().option("header", true).option("inferSchema", true).csv(arguments[0]);
        VectorAssembler petals = new VectorAssembler()
                .setInputCols(new String[] {"length", "width"}).setOutputCol("features");
        PerceptronClassifier perceptrons = new PerceptronClassifier()
                .setStepSize(0.5).setMaxIter(100).setScaling("standard").setOrderCol("id");
        PipelineModel model = new Pipeline().setStages(new PipelineStage[] {petals, perceptrons}).fit(flowers);
        ((PerceptronClassificationModel) model.stages()[1]).summary().metrics().show(101);
        model.transform(flowers).select("label", "prediction", "probability").show(3, false);
        model.save(arguments[1]);
        spark.stop();
    }
}
