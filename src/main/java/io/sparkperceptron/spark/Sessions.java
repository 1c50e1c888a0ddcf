package io.sparkperceptron.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;

/** Spark's SQL on a Spark that is running. */
public final class Sessions {

    private Sessions() {}

    /** By the older way: the newer one warns that a Spark is running, whenever spark-submit has started it. */
    @SuppressWarnings("deprecation")
    public static SparkSession of(JavaSparkContext context) {
        return SQLContext.getOrCreate(context.sc()).sparkSession();
    }
}
