package example;

import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;

/** Prints what a saved pipeline says of a table. */
public final class Classify {

    private Classify() {}

    /** Of the folder of the pipeline and of the table. */
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        var flowers = spark.read().option("header", true).option("inferSchema", true).csv(arguments[1]);
        PipelineModel.load(arguments[0])
                .transform(flowers)
                .select("id", "prediction", "rawPrediction")
                .orderBy("id")
                .toJSON()
                .collectAsList()
                .forEach(System.out::println);
        spark.stop();
    }
}
