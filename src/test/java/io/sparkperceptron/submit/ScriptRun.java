package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A script of submit/ run to its end. */
record ScriptRun(int exitCode, String printed, String errors) {

    static final Path SCRIPTS = Path.of("submit").toAbsolutePath();
    private static final long LONGEST_MINUTES = 5;

    /** Runs a script in {@code directory}, on local[2] unless the environment or the arguments say otherwise. */
    static ScriptRun of(Path directory, Map<String, String> environment, String script, String... arguments)
            throws IOException, InterruptedException {
        return start(directory, environment, script, arguments).finish();
    }

    /** Likewise, without waiting for its end. */
    static Running start(Path directory, Map<String, String> environment, String script, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "script", ".out");
        Path err = Files.createTempFile(directory, "script", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().remove("SPARK_CONF_DIR");
        builder.environment().put("MASTER", "local[2]");
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    /** A script that was started. */
    record Running(Process process, Path out, Path err) {

        ScriptRun finish() throws IOException, InterruptedException {
            assertTrue(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES), "still running");
            return new ScriptRun(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        /** Waits until the script has made a file, or fails if it ends without. */
        void awaitFile(Path file) throws IOException, InterruptedException {
            while (!Files.exists(file)) {
                assertTrue(process.isAlive(), () -> "ended without " + file);
                Thread.sleep(10);
            }
        }
    }
}
