package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A script of submit/ that has ended. */
record ScriptRun(int exitCode, String printed, String errors) {

    static final Path SCRIPTS = Path.of("submit").toAbsolutePath();
    static final boolean SPARK_4 = "4".equals(System.getenv("SPARK_LINE"));
    /** The folder with the scripts' jar and Spark. */
    static final Path BUILD = SCRIPTS.resolveSibling(SPARK_4 ? "target/spark-4" : "target");

    /**
     * An environment without the optimizing compiler, in which a short training by the scalar kernel takes half the CPU
     * time. The vector kernel would be very slow.
     */
    static final Map<String, String> QUICK_COMPILER = Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

    private static final long LONGEST_MINUTES = 10;

    /** Runs a script in {@code directory}, on local[2] unless the environment or the arguments say otherwise. */
    static ScriptRun of(Path directory, Map<String, String> environment, String script, String... arguments)
            throws IOException, InterruptedException {
        return start(directory, environment, script, arguments).finish();
    }

    /** Starts a script, without waiting for its end. */
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
        builder.environment()
                .keySet()
                .removeAll(Set.of("SPARK_HOME", "SPARK_CONF_DIR", "HADOOP_CONF_DIR", "YARN_CONF_DIR"));
        builder.environment().put("MASTER", "local[2]");
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    record Running(Process process, Path out, Path err) {

        ScriptRun finish() throws IOException, InterruptedException {
            assertTrue(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES), "still running");
            return new ScriptRun(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        /** Waits until the error stream contains the text, or fails if the script ends before. */
        void awaitLine(String part) throws IOException, InterruptedException {
            await(() -> Files.readString(err).contains(part));
        }

        /** Waits until {@code metrics.csv} in a folder has an epoch, or fails if the script ends before. */
        void awaitEpoch(Path output, int epoch) throws IOException, InterruptedException {
            await(() -> {
                Path metrics = output.resolve("metrics.csv");
                return Files.exists(metrics) && Files.readString(metrics).contains("\n" + epoch + ",");
            });
        }

        /** Waits for more epochs than {@code metrics.csv} has now, or fails if the script ends before. */
        void awaitMoreEpochs(Path output, int epochs) throws IOException, InterruptedException {
            String metrics = Files.readString(output.resolve("metrics.csv"));
            // The text after the last line break may be an incomplete line.
            String last = metrics.substring(0, metrics.lastIndexOf('\n'));
            last = last.substring(last.lastIndexOf('\n') + 1);
            awaitEpoch(output, Integer.parseInt(last.substring(0, last.indexOf(','))) + epochs);
        }

        void await(Callable<Boolean> condition) throws IOException, InterruptedException {
            try {
                while (!condition.call()) {
                    assertTrue(process.isAlive(), () -> "ended too early: " + errors());
                    Thread.sleep(10);
                }
            } catch (IOException | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private String errors() {
            try {
                return Files.readString(err);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
