package io.sparkperceptron.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;

/** Opens Spark SQL on a Spark that already runs. */
public final class Sessions {

    private Sessions() {}

    /** Uses the older method. The newer one warns that a Spark is running whenever spark-submit started it. */
    @SuppressWarnings("deprecation")
    public static SparkSession of(JavaSparkContext context) {
        return SQLContext.getOrCreate(context.sc()).sparkSession();
    }
}
