package io.sparkperceptron;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version and the commit of this build. */
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

    /** The commit, with "-dirty" if the tree had changes; "unknown" if the project was built outside git. */
    public String commit() {
        String commit = properties.getProperty("commit");
        return commit.startsWith("$")
                ? "unknown"
                : commit + (Boolean.parseBoolean(properties.getProperty("dirty")) ? "-dirty" : "");
    }
}
