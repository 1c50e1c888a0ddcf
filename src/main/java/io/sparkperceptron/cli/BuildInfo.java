package io.sparkperceptron.cli;

import io.sparkperceptron.Build;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class BuildInfo implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Build build = new Build();
        return new String[] {
            "spark-perceptron " + build.version() + " (commit " + build.commit() + ")",
            "for Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION() + ", on Java "
                    + System.getProperty("java.version")
        };
    }
}
