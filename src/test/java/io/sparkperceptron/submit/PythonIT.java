package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.LeftOut;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests in Python, with the Python classes in the jar. */
class PythonIT {

    private static final String LINE = System.getProperty("artifact.spark").replaceFirst("(\\d+\\.\\d+).*", "$1");

    @TempDir
    Path temporary;

    @Test
    void theTestsInPythonPass() throws Exception {
        Map<String, String> environment = pyspark();
        ScriptRun version = python(environment, "-c", "import pyspark; print(pyspark.__version__)");
        if (version.exitCode() != 0 || !version.printed().startsWith(LINE + ".")) {
            LeftOut.add("the Python classes (no pyspark " + LINE + ")");
            Assumptions.abort("no pyspark " + LINE + ": " + version);
        }
        Path jar = ScriptRun.BUILD.resolve("spark-perceptron.jar");
        environment.put(
                "PYSPARK_SUBMIT_ARGS", "--master local[2] --jars " + jar + " --py-files " + jar + " pyspark-shell");
        ScriptRun tests = python(
                environment,
                "-m",
                "unittest",
                "discover",
                "-s",
                Path.of("src/test/python").toAbsolutePath().toString());
        assertEquals(0, tests.exitCode(), tests::errors);
        assertTrue(tests.errors().contains("\nOK\n"), tests::errors);
    }

    private ScriptRun python(Map<String, String> environment, String... words) throws Exception {
        String[] command = Stream.concat(Stream.of("python3"), Stream.of(words)).toArray(String[]::new);
        return ScriptRun.of(temporary, environment, "/usr/bin/env", command);
    }

    /** An environment in which Python finds the pyspark of SPARK_HOME, if there is one. */
    private static Map<String, String> pyspark() throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("PYTHONDONTWRITEBYTECODE", "1"));
        String home = System.getenv("SPARK_HOME");
        if (home != null && Files.isDirectory(Path.of(home, "python", "pyspark"))) {
            environment.put("SPARK_HOME", home);
            try (Stream<Path> libraries = Files.list(Path.of(home, "python", "lib"))) {
                List<String> parts = Stream.concat(
                                Stream.of(home + "/python"),
                                libraries.map(Path::toString).filter(name -> name.contains("py4j")))
                        .toList();
                environment.put("PYTHONPATH", String.join(File.pathSeparator, parts));
            }
        }
        return environment;
    }
}
