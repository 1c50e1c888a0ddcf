package io.sparkperceptron;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote down about itself. */
public final class Build {

    private static final String RESOURCE = "/io/sparkperceptron/build.properties";

    private final Properties properties = new Properties();

    public Build() {
        try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE + " from the jar", e);
        }
    }

    public String version() {
        return properties.getProperty("version");
    }

    /** The commit, marked if the tree had changes; "unknown" where the project was built outside git. */
    public String commit() {
        String commit = properties.getProperty("commit");
        if (commit.startsWith("$")) {
            return "unknown";
        }
        return commit + (Boolean.parseBoolean(properties.getProperty("dirty")) ? "-dirty" : "");
    }
}
