package io.sparkperceptron.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What the build wrote down about itself. */
final class BuildInfo implements IVersionProvider {

    private static final String RESOURCE = "/io/sparkperceptron/build.properties";

    private final Properties properties = new Properties();

    BuildInfo() {
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE + " from the jar", e);
        }
    }

    String version() {
        return properties.getProperty("version");
    }

    /** The commit, marked if the tree had changes; "unknown" where the project was built outside git. */
    String commit() {
        String commit = properties.getProperty("commit");
        if (commit.startsWith("$")) {
            return "unknown";
        }
        return commit + (Boolean.parseBoolean(properties.getProperty("dirty")) ? "-dirty" : "");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "spark-perceptron " + version() + " (commit " + commit() + ")",
            "for Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION() + ", on Java "
                    + System.getProperty("java.version")
        };
    }
}
