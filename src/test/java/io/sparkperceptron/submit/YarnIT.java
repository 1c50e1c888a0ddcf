package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.apache.commons.io.IOUtils;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts with {@code MASTER=yarn}, on the Spark of the build alone. */
@Tag("thorough")
@Tag("yarn")
class YarnIT {

    private static final List<String> RUNS = List.of("--loss", "logistic", "--learning-rate", "0.5");
    private static final String EPOCHS = "100";
    private static final List<String> SMALL = List.of(
            "--num-executors",
            "2",
            "--executor-memory",
            "512m",
            "--driver-memory",
            "512m",
            "--conf",
            "spark.yarn.am.memory=512m",
            "--conf",
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
            "--conf",
            "spark.yarn.appMasterEnv.JAVA_HOME=" + System.getProperty("java.home"),
            "--conf",
            "spark.executorEnv.JAVA_HOME=" + System.getProperty("java.home"));
    /** Saves an upload of 260 MB for each application. */
    private static final List<String> JARS_ON_THE_NODES =
            List.of("--conf", "spark.yarn.jars=local:" + ScriptRun.BUILD.resolve("spark/jars") + "/*");

    @TempDir
    static Path shared;

    @TempDir
    Path temporary;

    private static Path alone;
    private static YarnCluster cluster;

    @BeforeAll
    static void startClusterAndTrainWithoutIt() throws Exception {
        Configurator.setLevel("org.apache.hadoop", Level.OFF);
        Path data = TestImages.writeFolder(shared.resolve("data"), 6000, 1000, 10, 28);
        alone = shared.resolve("alone");
        List<String> words = new ArrayList<>(List.of("--data", data.toString(), "--output", alone.toString()));
        words.addAll(RUNS);
        words.addAll(List.of("--epochs", EPOCHS, "--kernel", "vector"));
        ScriptRun.Running local = ScriptRun.start(shared, Map.of(), "train.sh", words.toArray(String[]::new));
        cluster = new YarnCluster(shared);
        cluster.files().copyFromLocalFile(hadoop(data), new org.apache.hadoop.fs.Path("/data"));
        succeed(local);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
        Configurator.setLevel("org.apache.hadoop", Level.WARN);
    }

    @Test
    void aTrainingInClientModeLosesAnExecutorAndNoBitWhereAllAuthenticate() throws Exception {
        List<String> words = new ArrayList<>(SMALL);
        for (String setting : List.of("spark.authenticate=true", "spark.network.crypto.enabled=true")) {
            words.addAll(List.of("--conf", setting));
        }
        ScriptRun.Running training =
                start(Map.of(), words, "--data", "/data", "--output", "/client", "--epochs", EPOCHS);
        training.await(() -> metrics("/client").contains("\n5,"));
        YarnCluster.killExecutor();
        ScriptRun ended = succeed(training);
        assertTrue(ended.errors().contains("Lost executor"), ended::errors);
        assertTrue(ended.errors().contains("Neither spark.yarn.jars"), ended::errors);
        assertTrue(ended.printed().contains("Results are in hdfs://"), ended::printed);
        assertSameAsAlone("/client");
    }

    @Test
    void theDriverMayRunOnTheCluster() throws Exception {
        Path archive = temporary.resolve("spark-jars.zip");
        String jars = ScriptRun.BUILD.resolve("spark/jars").toString();
        String[] pack = {"--create", "--no-compress", "--file", archive.toString(), "-C", jars, "."};
        assertEquals(0, ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, pack));
        cluster.files().moveFromLocalFile(hadoop(archive), new org.apache.hadoop.fs.Path("/spark-jars.zip"));
        List<String> conf = List.of("--conf", "spark.yarn.archive=hdfs:///spark-jars.zip");
        ScriptRun ended = succeed(startOnCluster(conf, "--data", "/data", "--output", "/cluster", "--epochs", EPOCHS));
        assertFalse(ended.errors().contains("Neither spark.yarn.jars"), ended::errors);
        String record = read("/cluster/run.json");
        assertTrue(record.contains("\"kernel\" : \"vector, "), record);
        assertTrue(record.contains("\"partitions\" : 2"), record);
        assertSameAsAlone("/cluster");
    }

    @Test
    void aDriverThatIsKilledIsFollowedByOneThatGoesOn() throws Exception {
        ScriptRun.Running training = startOnCluster(
                JARS_ON_THE_NODES,
                "--data",
                "/data",
                "--output",
                "/resumed",
                "--epochs",
                EPOCHS,
                "--checkpoint-every",
                "5",
                "--resume");
        training.await(() -> metrics("/resumed").contains("\n20,"));
        YarnCluster.killDriver();
        ScriptRun ended = succeed(training);
        assertEquals(2, cluster.attempts(ended), ended::errors);
        String record = read("/resumed/run.json");
        assertTrue(Pattern.compile("\"resumedAtEpoch\" : \\d").matcher(record).find(), record);
        assertSameAsAlone("/resumed");
    }

    @Test
    void aFailedDriverOnTheClusterIsToldOfAndNotStartedAgain() throws Exception {
        ScriptRun.Running lost = startOnCluster(JARS_ON_THE_NODES, "--data", "/nowhere", "--output", "/lost");
        ScriptRun.Running diverged = startOnCluster(
                JARS_ON_THE_NODES, "--data", "/data", "--output", "/diverged", "--learning-rate", "1e300");
        assertTold("error: No folder hdfs://", lost.finish());
        assertTold("error: The run logistic-1E+300 diverged", diverged.finish());
    }

    @Test
    void aYarnThatDoesNotAnswerIsTold() throws Exception {
        Path site = Files.createDirectories(temporary.resolve("site"));
        Files.writeString(
                site.resolve("yarn-site.xml"),
                "<configuration><property><name>yarn.resourcemanager.address</name><value>127.0.0.1:1</value></property>"
                        + "</configuration>");
        List<String> impatient = new ArrayList<>();
        for (String setting : List.of(
                "yarn.resourcemanager.connect.max-wait.ms=1000",
                "yarn.resourcemanager.connect.retry-interval.ms=1000",
                "ipc.client.connect.max.retries=1")) {
            impatient.addAll(List.of("--conf", "spark.hadoop." + setting));
        }
        String data = shared.resolve("data").toString();
        ScriptRun run = start(
                        Map.of("HADOOP_CONF_DIR", site.toString()),
                        impatient,
                        "--data",
                        data,
                        "--output",
                        temporary.resolve("output").toString())
                .finish();
        assertEquals(1, run.exitCode(), run::errors);
        assertTrue(run.errors().contains(" INFO Retrying connect to server: "), run::errors);
        String told = run.errors()
                .lines()
                .filter(line -> line.startsWith("error: "))
                .findFirst()
                .orElseThrow();
        assertTrue(told.startsWith("error: Cannot start Spark with the master yarn: Call From "), told);
        assertTrue(told.endsWith("Connection refused"), told);
    }

    private static void assertTold(String sentence, ScriptRun run) {
        assertEquals(1, run.exitCode(), run::errors);
        assertTrue(run.errors().contains(sentence), run::errors);
        assertEquals(1, cluster.attempts(run), run::errors);
    }

    private ScriptRun.Running startOnCluster(List<String> jars, String... options) throws IOException {
        List<String> words = new ArrayList<>(SMALL);
        words.addAll(jars);
        words.addAll(List.of("--deploy-mode", "cluster"));
        return start(Map.of(), words, options);
    }

    private ScriptRun.Running start(Map<String, String> environment, List<String> sparkOptions, String... options)
            throws IOException {
        List<String> words = new ArrayList<>(sparkOptions);
        words.add("--");
        words.addAll(RUNS);
        words.addAll(List.of(options));
        Map<String, String> all = new HashMap<>(cluster.environment());
        all.putAll(environment);
        return ScriptRun.start(temporary, all, "train.sh", words.toArray(String[]::new));
    }

    private static ScriptRun succeed(ScriptRun.Running training) throws Exception {
        ScriptRun run = training.finish();
        assertEquals(0, run.exitCode(), run::errors);
        return run;
    }

    private void assertSameAsAlone(String output) throws IOException {
        Path copy = temporary.resolve("copy");
        FileSystem files = cluster.files();
        files.copyToLocalFile(false, new org.apache.hadoop.fs.Path(output), hadoop(copy), true);
        Results.assertSame(alone, copy);
    }

    private static String metrics(String output) throws IOException {
        String file = output + "/metrics.csv";
        return cluster.files().exists(new org.apache.hadoop.fs.Path(file)) ? read(file) : "";
    }

    private static String read(String file) throws IOException {
        try (FSDataInputStream in = cluster.files().open(new org.apache.hadoop.fs.Path(file))) {
            return IOUtils.toString(in, StandardCharsets.UTF_8);
        }
    }

    private static org.apache.hadoop.fs.Path hadoop(Path path) {
        return new org.apache.hadoop.fs.Path(path.toUri());
    }
}
