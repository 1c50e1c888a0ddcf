package io.sparkperceptron.cli;

import io.sparkperceptron.cluster.KryoRegistration;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** How a command wants Spark, beyond what spark-submit says. */
record SparkSettings(SparkConf conf) {

    static SparkSettings of(String command) {
        return new SparkSettings(KryoRegistration.configure(new SparkConf())
                .setIfMissing("spark.master", "local[*]")
                .setAppName("spark-perceptron " + command));
    }

    /** Hadoop's configuration, known before Spark is started. */
    Configuration hadoop() {
        return SparkHadoopUtil.get().newConfiguration(conf);
    }
}
