package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in submit/ as processes: the built jar, through SparkSubmit, on the Spark that the build laid out. */
class SubmitIT {

    @TempDir
    Path temporary;

    private Path data;
    private Path output;
    private String printed;
    private String errors;

    @BeforeEach
    void writeData() {
        data = TestImages.writeFolder(temporary.resolve("my data"), 600, 300, 9, 9);
        output = temporary.resolve("my output");
    }

    @Test
    void trainsAndLeavesItsFiles() throws Exception {
        run(
                0,
                "train.sh",
                "--master",
                "local[1]",
                "--",
                "--data",
                data.toString(),
                "--output",
                output.toString(),
                "--epochs",
                "3");
        assertTrue(errors.contains("epoch 3/3  train cost "), errors);
        assertTrue(errors.contains("WARN No training example is of class 9"), errors);
        assertTrue(printed.startsWith("run "), printed);
        String metrics = Files.readString(output.resolve("metrics.csv")).stripTrailing();
        String digest = metrics.substring(metrics.length() - 16);
        assertTrue(printed.contains("Digest of the weights of logistic-0.5: " + digest + ","), printed);
        assertTrue(Files.size(output.resolve("images/logistic-0.5/weights.png")) > 1000);
        String record = Files.readString(output.resolve("run.json"));
        assertTrue(record.contains("\"master\" : \"local[1]\""), record);
        assertTrue(record.contains("\"spark\" : \"" + System.getProperty("artifact.spark") + "\""), record);
        assertFalse(record.contains("\"finished\" : null"), record);
    }

    @Test
    @Tag("thorough")
    void evaluatesPredictsAndExports() throws Exception {
        run(0, "train.sh", "--data", data.toString(), "--output", output.toString(), "--epochs", "3");
        run(0, "evaluate.sh", "--model", output.toString(), "--data", data.toString());
        assertTrue(printed.contains("precision"), printed);
        run(0, "predict.sh", "--model", output.toString(), "--data", data.toString());
        assertEquals(301, printed.lines().count(), printed);
        Path onnx = temporary.resolve("model.onnx");
        run(0, "export.sh", "--model", output.toString(), "--to", onnx.toString());
        assertTrue(Files.size(onnx) > 1000);
    }

    /** Spark itself would warn about each block at every epoch. */
    @Test
    @Tag("thorough")
    void whatSparksStorageHasNoRoomForIsSaidOnce() throws Exception {
        run(
                0,
                "train.sh",
                "--conf",
                "spark.memory.fraction=0.00001",
                "--",
                "--data",
                data.toString(),
                "--output",
                output.toString(),
                "--epochs",
                "3");
        List<String> warnings =
                errors.lines().filter(line -> line.contains(" WARN ")).toList();
        assertEquals(2, warnings.size(), errors);
        assertTrue(warnings.get(0).contains("WARN Spark has room in memory for 0 MB of these "), errors);
        assertTrue(
                warnings.get(0)
                        .matches(".* MB, and keeps the rest on disk, where every epoch reads it again;"
                                + " with [1-9]\\d* MB more of memory here all would fit"),
                errors);
        assertTrue(warnings.get(1).contains("No training example is of class 9"), errors);
    }

    /** The second training of a build makes the archive, unless another process makes it at the time. */
    @Test
    @Tag("thorough")
    void startsFromAnArchiveOfClassesAndSilentlyWithoutOneThatDoesNotFit() throws Exception {
        String[] training = {"--data", data.toString(), "--output", output.toString(), "--epochs", "1", "--overwrite"};
        Path archive = null;
        for (int start = 0; start < 10 && archive == null; start++) {
            run(0, "train.sh", training);
            archive = archive();
        }
        assertNotNull(archive);
        Map<String, String> loud = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + temporary.resolve("classes"));
        run(loud, 0, "train.sh", training);
        assertFalse(errors.contains("Preparing "), errors);
        String main = "io.sparkperceptron.session.TrainingSession source: ";
        String loaded = Files.readString(temporary.resolve("classes"));
        assertTrue(loaded.contains(main + "shared objects file (top)"), "not from the archive");

        Path kept = Files.move(archive, temporary.resolve("kept"));
        try {
            Files.writeString(archive, "junk");
            run(loud, 0, "train.sh", training);
            assertFalse(errors.contains("Preparing ") || errors.contains("archive"), errors);
            assertFalse(printed.contains("archive"), printed);
            loaded = Files.readString(temporary.resolve("classes"));
            assertTrue(loaded.contains(main) && !loaded.contains("(top)"), "from an archive");
        } finally {
            Files.move(kept, archive, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The newest archive of this build; null if there is none. Earlier builds may have left others. */
    private static Path archive() throws IOException {
        long built = ScriptRun.BUILD.resolve("spark-perceptron.jar").toFile().lastModified();
        try (Stream<Path> files = Files.list(ScriptRun.BUILD)) {
            return files.filter(file -> file.getFileName().toString().matches("classes-\\d+\\.jsa"))
                    .filter(file -> file.toFile().lastModified() > built)
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElse(null);
        }
    }

    @Test
    void exitCodesReachTheShell() throws Exception {
        run(2, "train.sh", "--data", data.toString(), "--epochs", "-1");
        assertEquals(
                "error: expected at least 0 epochs, got -1",
                errors.lines()
                        .filter(line -> !line.startsWith("WARNING: ") && !line.startsWith("Preparing "))
                        .findFirst()
                        .orElse(""));
        run(2, "train.sh", "--master", "moon", "--", "--data", data.toString());
        assertTrue(errors.startsWith("error: expected a master such as local[*]"), errors);
        String kubernetes = "k8s://https://host:6443";
        run(1, "train.sh", "--master", kubernetes, "--", "--data", data.toString());
        assertEquals(
                "error: the Spark that the build laid out knows no " + kubernetes
                        + " cluster; install the distribution of the"
                        + " same line (Scala 2.12) from spark.apache.org, and set SPARK_HOME to its folder\n",
                errors.replace("2.13", "2.12"));
    }

    @Test
    @Tag("thorough")
    void aDivergedRunReachesTheShell() throws Exception {
        run(1, "train.sh", "--data", data.toString(), "--output", output.toString(), "--learning-rate", "1e300");
        assertTrue(errors.contains("\nerror: The run logistic-1E+300 diverged"), errors);
        assertFalse(errors.contains("\tat "), errors);
    }

    @Test
    void withoutTheClustersSettingsYarnIsNotLookedFor() throws Exception {
        String[] words = {"--data", data.toString()};
        run(Map.of("MASTER", "yarn"), 2, "train.sh", words);
        String sentence =
                "error: expected HADOOP_CONF_DIR or YARN_CONF_DIR to be the folder with the cluster's yarn-site.xml, got ";
        assertEquals(sentence + "'' and ''\n", errors);
        String empty = temporary.toString();
        run(Map.of("MASTER", "yarn", "HADOOP_CONF_DIR", empty), 2, "train.sh", words);
        assertEquals(sentence + "'" + empty + "' and ''\n", errors);
    }

    @Test
    @Tag("thorough")
    void theSweepIsOnePassOfTwentyRunsAndEndsInATableAndTwoFloors() throws Exception {
        run(0, "sweep.sh", "--data", data.toString(), "--output", output.toString(), "--epochs", "2");
        assertTrue(errors.contains("Training 20 run(s) of 10 perceptrons for 2 epochs"), errors);
        assertTrue(errors.contains("kernel: vector, "), errors);
        assertEquals(1 + 20 + 2 + 1, printed.lines().count(), printed);
        assertEquals(
                1 + 3 * 20, Files.readAllLines(output.resolve("metrics.csv")).size());
    }

    @Test
    @Tag("thorough")
    void generatesMoreImages() throws Exception {
        run(0, "generate.sh", "--data", data.toString(), "--output", output.toString(), "--times", "1.5");
        assertTrue(printed.startsWith("900 training images in 2 part(s)"), printed);
    }

    /** Java options on the command line replace those in conf/spark-defaults.conf. */
    @Test
    @Tag("thorough")
    void withoutTheVectorModuleThereIsOneWarningWithItsRemedy() throws Exception {
        String[] plain = {
            "--conf",
            "spark.driver.defaultJavaOptions=-Dnothing=1",
            "--",
            "--data",
            data.toString(),
            "--epochs",
            "2",
            "--output"
        };
        List<String> words = new ArrayList<>(List.of(plain));
        words.add(output.toString());
        run(0, "train.sh", words.toArray(String[]::new));
        String warning = "WARN This JVM lacks the module jdk.incubator.vector";
        if (ScriptRun.SPARK_4) {
            // Spark 4 adds the module itself.
            assertFalse(errors.contains(warning), errors);
            assertTrue(Files.readString(output.resolve("run.json")).contains("\"kernel\" : \"vector, "));
            return;
        }
        assertEquals(1, errors.lines().filter(line -> line.contains(warning)).count(), errors);
        assertTrue(errors.contains("--add-modules=jdk.incubator.vector"), errors);
        assertTrue(Files.readString(output.resolve("run.json")).contains("\"kernel\" : \"scalar\""));
        words.addAll(List.of("--overwrite", "--kernel", "vector"));
        run(1, "train.sh", words.toArray(String[]::new));
        assertTrue(errors.contains("error: Expected the module jdk.incubator.vector in this JVM"), errors);
    }

    @Test
    void theLineOfSparkIsOneThatRunsOnTheJavaThatIsFound() throws Exception {
        assertEquals("3 target", lineOn("17.0.15", Map.of()));
        assertEquals("3 target", lineOn("21.0.4", Map.of()));
        assertEquals("4 target/spark-4", lineOn("25", Map.of()));
        assertEquals("4 target/spark-4", lineOn("17.0.15", Map.of("SPARK_LINE", "4")));
        Path installed = Files.createDirectories(temporary.resolve("installed/jars"));
        Files.createFile(installed.resolve("spark-core_2.13-4.2.0.jar"));
        assertEquals(
                "4 target/spark-4",
                lineOn("21.0.4", Map.of("SPARK_HOME", installed.getParent().toString())));

        run(java("11.0.2", Map.of()), 1, "train.sh", "--version");
        assertTrue(errors.startsWith("error: Java 17 or newer is needed, and "), errors);
        assertTrue(errors.endsWith("/bin/java is Java 11; set JAVA_HOME to a newer one\n"), errors);
        run(java("1.8.0_402", Map.of()), 1, "train.sh", "--version");
        assertTrue(errors.contains(" is Java 8; set JAVA_HOME"), errors);
        run(java("25.0.3", Map.of("SPARK_LINE", "3")), 1, "train.sh", "--version");
        assertTrue(errors.startsWith("error: Spark 3.5 needs Java 17 to 22, and "), errors);
        run(Map.of("SPARK_LINE", "5"), 2, "train.sh", "--version");
        assertEquals("error: expected SPARK_LINE to be 3 or 4, got '5'\n", errors);
    }

    /** The line of Spark and the folder that the scripts choose for a version of Java. */
    private String lineOn(String version, Map<String, String> environment) throws Exception {
        String words = ". " + ScriptRun.SCRIPTS.resolve("common.sh") + " && echo $line ${target#$project/}";
        run(java(version, environment), 0, "/bin/bash", "-euc", words);
        return printed.strip();
    }

    private Map<String, String> java(String version, Map<String, String> environment) throws IOException {
        Path home = temporary.resolve("java-" + version);
        script(home.resolve("bin/java"), "exit 9");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Map<String, String> all = new HashMap<>(Map.of("SPARK_LINE", "", "JAVA_HOME", home.toString()));
        all.putAll(environment);
        return all;
    }

    @Test
    void inALocaleWithoutLettersPathsAreTakenAsTheyAre() throws Exception {
        String words =
                ". " + ScriptRun.SCRIPTS.resolve("common.sh") + " && \"$java\" -XshowSettings:properties -version";
        run(Map.of("LC_ALL", "POSIX"), 0, "/bin/bash", "-euc", words);
        assertTrue(errors.contains("sun.jnu.encoding = UTF-8"), errors);
    }

    @Test
    void argumentFilesAreReadAsTheProgramReadsThem() throws Exception {
        Path file = temporary.resolve("my.args");
        String words = ". " + ScriptRun.SCRIPTS.resolve("common.sh") + " && names_data @" + file;
        Files.writeString(file, "--train-libsvm\r\nx\r\n");
        run(Map.of(), 0, "/bin/bash", "-euc", words);
        Files.writeString(file, "--epochs 5 # --data x\n");
        run(Map.of(), 1, "/bin/bash", "-euc", words);
    }

    /** Maven leaves the jar as it is if its bytes are the same. */
    @Test
    void aBuildThatChangesNothingIsDoneOnce() throws Exception {
        Path copy = Files.createDirectories(temporary.resolve("a copy"));
        Files.createDirectories(copy.resolve("src/main"));
        Path source = Files.writeString(copy.resolve("pom.xml"), "");
        Path jar = Files.writeString(copy.resolve("old.jar"), "");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        Path builds = copy.resolve("builds");
        script(copy.resolve("bin/mvn"), "echo one >>'" + builds + "'");
        String words = ". " + ScriptRun.SCRIPTS.resolve("common.sh") + "; project='" + copy + "' jar='" + jar
                + "' PATH='" + copy + "/bin':$PATH; build; build; touch -d '1 minute' '" + source + "'; build";
        run(Map.of(), 0, "/bin/bash", "-euc", words);
        assertEquals("one\none\n", Files.readString(builds));
    }

    @Test
    void notesAreNotImportedIntoTheirOwnFolder() throws Exception {
        Path notes = ScriptRun.SCRIPTS.resolveSibling("notebooks-zeppelin");
        run(1, "import-notebooks.sh", "--to", notes.toString());
        assertTrue(errors.contains("expected another folder than that of the project's own notes"), errors);
    }

    @Test
    void aLinkToAScriptAndAnArgumentFileThatNamesItselfWork() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), ScriptRun.SCRIPTS.resolve("train.sh"));
        Path file = temporary.resolve("self.args");
        Files.writeString(file, "# mine\n@" + file + " --version\n@" + file + "\n");
        run(0, link.toString(), "@" + file);
        assertTrue(printed.startsWith("spark-perceptron "), printed);
    }

    @Test
    void sparkHomeIsPreferred() throws Exception {
        Path home = temporary.resolve("spark home");
        script(home.resolve("bin/spark-submit"), "printf '%s\\n' \"$@\"");
        run(
                Map.of("SPARK_HOME", home.toString(), "MASTER", "spark://host:7077"),
                0,
                "train.sh",
                "--executor-cores",
                "3",
                "--",
                "--data",
                data.toString());
        List<String> words = printed.lines().toList();
        assertEquals("spark://host:7077", words.get(words.indexOf("--master") + 1));
        assertTrue(words.indexOf("--executor-cores") < words.indexOf("train"), printed);
        assertTrue(words.indexOf("train") < words.indexOf("--data"), printed);
        String jar = ScriptRun.SPARK_4 ? "target/spark-4/spark-perceptron.jar" : "target/spark-perceptron.jar";
        assertTrue(words.stream().anyMatch(word -> word.endsWith(jar)), printed);
        assertTrue(words.contains("spark.ui.showConsoleProgress=false"), printed);
    }

    @Test
    void fetchingAgainTouchesNothing() throws Exception {
        Path mnist = Path.of("data/mnist").toAbsolutePath();
        Path images = mnist.resolve("train-images-idx3-ubyte");
        var before = Files.getLastModifiedTime(images);
        run(Map.of("PATH", brokenDownloads()), 0, "fetch-mnist.sh", mnist.toString());
        assertEquals("", errors);
        assertEquals(before, Files.getLastModifiedTime(images));
    }

    @Test
    void fetchingTakesAMirrorsFilesAndOnlyRightOnes() throws Exception {
        Path mnist = Path.of("data/mnist").toAbsolutePath();
        Path tools = temporary.resolve("tools");
        // A mirror on which one file is incomplete.
        script(
                tools.resolve("curl"),
                "for last in \"$@\"; do :; done; out=; while [ $# -gt 0 ]; do "
                        + "[ \"$1\" = -o ] && out=$2; shift; done; file=$(basename \"$out\" .gz); "
                        + "if [ \"$file\" = t10k-labels-idx1-ubyte ]; then printf 'half' | gzip -c >\"$out\"; "
                        + "else gzip -1 -c '" + mnist + "'/\"$file\" >\"$out\"; fi");
        script(tools.resolve("npm"), "exit 1");
        Path folder = temporary.resolve("fetched");
        run(Map.of("PATH", tools + ":" + System.getenv("PATH")), 1, "fetch-mnist.sh", folder.toString());
        assertTrue(errors.contains("t10k-labels-idx1-ubyte (SHA-256 ff7bcfd4"), errors);
        assertEquals(3, folder.toFile().list().length);
        assertEquals(
                -1,
                Files.mismatch(mnist.resolve("train-images-idx3-ubyte"), folder.resolve("train-images-idx3-ubyte")));
    }

    @Test
    void withNothingReachableItSaysWhichFilesToPutWhere() throws Exception {
        Path folder = temporary.resolve("fetched");
        run(Map.of("PATH", brokenDownloads()), 1, "fetch-mnist.sh", folder.toString());
        assertTrue(errors.contains("Put these files into " + folder + " by hand:"), errors);
        assertTrue(errors.contains("  train-images-idx3-ubyte (SHA-256 ba891046"), errors);
        assertEquals(0, folder.toFile().list().length);
    }

    private String brokenDownloads() throws IOException {
        Path tools = temporary.resolve("broken");
        for (String tool : List.of("curl", "wget", "npm")) {
            script(tools.resolve(tool), "exit 1");
        }
        return tools + ":" + System.getenv("PATH");
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void run(int code, String script, String... arguments) throws Exception {
        run(Map.of(), code, script, arguments);
    }

    private void run(Map<String, String> environment, int code, String script, String... arguments) throws Exception {
        ScriptRun run = ScriptRun.of(temporary, environment, script, arguments);
        printed = run.printed();
        errors = run.errors();
        assertEquals(code, run.exitCode(), () -> errors);
    }
}
