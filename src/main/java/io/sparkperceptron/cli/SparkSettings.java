package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.cluster.KryoRegistration;
import io.sparkperceptron.cluster.SettledContext;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** How a command wants Spark, beyond what spark-submit says. */
record SparkSettings(SparkConf conf) {

    /** How an application's id begins that the master has not given. */
    private static final String UNREGISTERED = "spark-application-";

    static SparkSettings of(String command) {
        return new SparkSettings(KryoRegistration.configure(new SparkConf())
                .setIfMissing("spark.master", "local[*]")
                // A wide sweep's sums are a few MB; beyond 1 MB they would make a detour by the executors' block
                // managers.
                .setIfMissing("spark.task.maxDirectResultSize", "64m")
                // No bound on all results together, for they are merged as they come.
                .setIfMissing("spark.driver.maxResultSize", "0")
                .setAppName("spark-perceptron " + command));
    }

    /** Hadoop's configuration, known before Spark is started. */
    Configuration hadoop() {
        return SparkHadoopUtil.get().newConfiguration(conf);
    }

    /**
     * Starts Spark.
     *
     * @throws UserException if Spark refuses its settings, or if the standalone master cannot be reached; Spark itself then returns a context that is about
     *     to stop, on which the next call may hang
     */
    JavaSparkContext start() {
        JavaSparkContext spark = context();
        boolean standalone = conf.get("spark.master").startsWith("spark://");
        if (standalone && spark.sc().applicationId().startsWith(UNREGISTERED)) {
            spark.close();
            throw new UserException("Expected a Spark master at " + conf.get("spark.master")
                    + ", but nothing there took this application in; is it running?");
        }
        return spark;
    }

    private JavaSparkContext context() {
        try {
            return new SettledContext(conf);
        } catch (Exception e) {
            // Also SparkException, which is checked, but which Spark's constructors do not declare.
            throw new UserException(
                    "Cannot start Spark with the master " + conf.get("spark.master") + ": " + UserException.reason(e),
                    e);
        }
    }
}
