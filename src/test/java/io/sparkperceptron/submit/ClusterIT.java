package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on a real cluster of two workers, and their fault tolerance. */
class ClusterIT {

    private static final List<String> RUNS =
            List.of("--loss", "logistic,mse", "--learning-rate", "0.5", "--epochs", "40", "--classes", "10");

    @TempDir
    static Path shared;

    @TempDir
    Path temporary;

    private static Path data;
    private static Path alone;
    private static StandaloneCluster cluster;

    private Path together;

    @BeforeAll
    static void startClusterAndTrainWithoutIt() throws Exception {
        data = TestImages.writeFolder(shared.resolve("data"), 6000, 1000, 10, 28);
        alone = shared.resolve("alone");
        succeed(start(shared, "local[1]", List.of(), data, alone, "--kernel", "vector"));
        cluster = new StandaloneCluster(shared, 2);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.stop();
    }

    @BeforeEach
    void nameOutput() {
        together = temporary.resolve("together");
    }

    @Test
    @Tag("thorough")
    void executorsThatSpeculateGiveTheBitsOfOneThread() throws Exception {
        Path log = Files.createDirectories(temporary.resolve("log"));
        List<String> words = withEventLog(
                log,
                "spark.speculation=true",
                "spark.speculation.interval=10ms",
                "spark.speculation.quantile=0.1",
                "spark.speculation.multiplier=1.0",
                "spark.speculation.minTaskRuntime=1ms",
                "spark.speculation.efficiency.enabled=false",
                "spark.locality.wait=0");
        ScriptRun.Running training =
                start(temporary, cluster.master(), words, data, together, "--partitions", "6", "--kernel", "scalar");
        training.awaitEpoch(together, 0);
        cluster.holdExecutors(2, 2000);
        succeed(training);
        String events = events(log);
        assertTrue(events.contains("\"Speculative\":true"), "nothing was speculated on");
        assertTrue(events.contains("\"Host\":\"127.0.0.1\"") && events.contains("\"Host\":\"127.0.0.2\""));
        Results.assertSame(alone, together);
    }

    @Test
    void aKilledExecutorCostsNoEpochAndNoBit() throws Exception {
        List<String> words = ScriptRun.QUICK_COMPILER.entrySet().stream()
                .flatMap(variable -> Stream.of("--conf", "spark.executorEnv." + variable))
                .toList();
        ScriptRun.Running training = start(
                ScriptRun.QUICK_COMPILER,
                temporary,
                cluster.master(),
                words,
                data,
                together,
                "--partitions",
                "6",
                "--kernel",
                "scalar");
        training.awaitEpoch(together, 5);
        cluster.killExecutors(2);
        ScriptRun ended = succeed(training);
        assertTrue(ended.errors().contains("Lost executor"), ended::errors);
        Results.assertSame(alone, together);
    }

    @Test
    @Tag("thorough")
    void killedExecutorsAndWorkersCostNoEpochAndNoBit() throws Exception {
        ScriptRun.Running training = start(data);
        training.awaitEpoch(together, 5);
        cluster.killExecutors(2);
        training.awaitEpoch(together, 20);
        cluster.killWorker(2);
        training.awaitEpoch(together, 35);
        cluster.start();
        ScriptRun ended = succeed(training);
        assertTrue(ended.errors().contains("Lost executor"), ended::errors);
        Results.assertSame(alone, together);
    }

    /** A seed draws the moments. Many runs and planned epochs make sure that redistribution pays. */
    @Test
    @Tag("thorough")
    void executorsThatComeLaterGetTheirShareOfTheDataAndCostNoBit() throws Exception {
        String[] more = {"--epochs", "20000", "--patience", "200", "--learning-rate", "0.01..10:9"};
        Path other = temporary.resolve("alone");
        succeed(start(temporary, "local[2]", List.of(), data, other, more));
        Random random = new Random(15);
        cluster.killWorker(2);
        Path log = Files.createDirectories(temporary.resolve("log"));
        ScriptRun.Running training = start(temporary, cluster.master(), withEventLog(log), data, together, more);
        training.awaitEpoch(together, 5 + random.nextInt(20));
        cluster.start();
        training.awaitLine("Executors now run 4 task(s) at once: redistributed the blocks to ");
        // Metrics are written from time to time: what is there now may be old.
        training.awaitMoreEpochs(together, 1);
        training.awaitMoreEpochs(together, 10 + random.nextInt(20));
        cluster.killExecutors(2);
        ScriptRun ended = succeed(training);
        assertTrue(ended.errors().contains("Lost executor"), ended::errors);
        long tasks = events(log)
                .lines()
                .filter(event -> event.contains("\"SparkListenerTaskEnd\"") && event.contains("\"Executor ID\":\"1\""))
                .count();
        assertTrue(tasks > 15, tasks + " tasks on the executor that came");
        Results.assertSame(other, together);
    }

    /** Spark starts executors when there are tasks; each runs one task at a time. */
    @Test
    @Tag("thorough")
    void executorsOnDemandWithTasksOfTwoCoresAndRoomOffTheHeapCostNoBit() throws Exception {
        Path log = Files.createDirectories(temporary.resolve("log"));
        List<String> words = withEventLog(
                log,
                "spark.dynamicAllocation.enabled=true",
                "spark.dynamicAllocation.shuffleTracking.enabled=true",
                "spark.dynamicAllocation.maxExecutors=2",
                "spark.executor.cores=2",
                "spark.task.cpus=2",
                "spark.executor.memory=512m",
                "spark.memory.offHeap.enabled=true",
                "spark.memory.offHeap.size=100m");
        succeed(start(temporary, cluster.master(), words, data, together));
        String record = Files.readString(together.resolve("run.json"));
        assertTrue(record.contains("\"partitions\" : 2"), record);
        String events = events(log);
        assertEquals(3, events.split("\"SparkListenerExecutorAdded\"").length, "not two executors");
        assertTrue(events.contains("\"Maximum Offheap Memory\":104857600"));
        Results.assertSame(alone, together);
    }

    @Test
    @Tag("thorough")
    void weightsThatNoExecutorHasRoomForAreRefused() throws Exception {
        Path wide = temporary.resolve("wide.libsvm");
        Files.writeString(wide, "0 1:1\n1 600000:1\n");
        ScriptRun run = ScriptRun.of(
                temporary,
                Map.of(),
                "train.sh",
                "--master",
                cluster.master(),
                "--driver-memory",
                "3g",
                "--executor-memory",
                "600m",
                "--",
                "--train-libsvm",
                wide.toString(),
                "--test-libsvm",
                wide.toString(),
                "--classes",
                "40",
                "--epochs",
                "1",
                "--output",
                together.toString());
        assertEquals(1, run.exitCode(), run::errors);
        assertTrue(
                run.errors()
                        .contains(
                                "error: Expected weights and sums that fit three quarters of an executor's 629 MB of memory,"
                                        + " found 600000 features, 40 classes and 1 run(s), which take at least "),
                run::errors);
        assertTrue(run.errors().contains("give executors more memory with --executor-memory"), run::errors);
    }

    @Test
    @Tag("thorough")
    void aTaskThatAlwaysFailsEndsTheTrainingWithASentenceAndACheckpoint() throws Exception {
        Path links = Files.createDirectories(temporary.resolve("data"));
        for (String name : names(data)) {
            Files.createSymbolicLink(links.resolve(name), data.resolve(name));
        }
        ScriptRun.Running training = start(links);
        training.awaitEpoch(together, 5);
        Path images = links.resolve("train-images-idx3-ubyte");
        Files.delete(images);
        cluster.killExecutors(1);
        ScriptRun ended = training.finish();
        assertEquals(1, ended.exitCode(), ended::errors);
        assertTrue(ended.errors().contains("\nerror: Cannot read file:" + images), ended::errors);
        assertFalse(ended.errors().contains("\tat "), ended::errors);
        assertFalse(names(together.resolve("checkpoints")).isEmpty());

        Files.createSymbolicLink(images, data.resolve(images.getFileName()));
        ScriptRun resumed = succeed(start(links, "--resume"));
        assertTrue(resumed.errors().contains("Going on with epoch "), resumed::errors);
        Results.assertSame(alone, together);
    }

    @Test
    @Tag("thorough")
    void aLostClusterIsToldOfAndASignalEndsTheEpochThatCannotEnd() throws Exception {
        String[] more = {"--epochs", "100000"};
        ScriptRun.Running training = start(data, more);
        training.awaitEpoch(together, 5);
        cluster.stop();
        ScriptRun stopped;
        try {
            training.awaitLine("WARN There has been no executor for 1");
            training.process().destroy();
            stopped = training.finish();
        } finally {
            training.process().destroyForcibly();
            cluster.start();
        }
        assertEquals(143, stopped.exitCode(), stopped::errors);
        String sentence = "Stopped in an epoch that could not end; to go on, give the same options with --output file:"
                + together + " --resume";
        assertTrue(stopped.printed().contains(sentence), stopped::printed);
        assertFalse(names(together.resolve("checkpoints")).isEmpty());
    }

    @Test
    @Tag("thorough")
    void allExecutorsGetWork() throws Exception {
        succeed(start(temporary, cluster.master(), List.of(), data, together));
        String record = Files.readString(together.resolve("run.json"));
        assertTrue(record.contains("\"partitions\" : 4"), record);
        Results.assertSame(alone, together);
    }

    @Test
    @Tag("thorough")
    void theDriverMayRunOnTheCluster() throws Exception {
        succeed(start(temporary, cluster.master(), List.of("--deploy-mode", "cluster"), data, together));
        awaitEndOnTheCluster();
    }

    /** Uses the options that clusters.md names. */
    @Test
    @Tag("thorough")
    void aPlainSparkSubmitMayPutTheDriverOnTheCluster() throws Exception {
        assertEquals(0, plainSubmit("--data", data.toString()));
        awaitEndOnTheCluster();
    }

    private void awaitEndOnTheCluster() throws Exception {
        Path record = together.resolve("run.json");
        long end = System.nanoTime() + 120_000_000_000L;
        while (!Files.exists(record) || Files.readString(record).contains("\"finished\" : null")) {
            assertTrue(System.nanoTime() < end, "the driver does not come to an end");
            Thread.sleep(100);
        }
        assertTrue(Files.readString(record).contains("\"kernel\" : \"vector, "), "no vector kernel on the driver");
        Results.assertSame(alone, together);
    }

    private int plainSubmit(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("java", "-cp", ScriptRun.BUILD.resolve("spark/jars") + "/*"));
        words.addAll(List.of(
                "org.apache.spark.deploy.SparkSubmit", "--master", cluster.master(), "--deploy-mode", "cluster"));
        Path conf = ScriptRun.SCRIPTS.resolveSibling("conf");
        String opened = Files.readAllLines(conf.resolve("java.args")).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining(" "));
        words.addAll(
                List.of("--properties-file", conf.resolve("spark-defaults.conf").toString()));
        words.addAll(
                List.of("--conf", "spark.driver.extraJavaOptions=" + opened + " --add-modules=jdk.incubator.vector"));
        words.addAll(List.of(
                "--class",
                "io.sparkperceptron.cli.Main",
                ScriptRun.BUILD.resolve("spark-perceptron.jar").toString()));
        words.addAll(List.of("train", "--output", together.toString()));
        words.addAll(RUNS);
        words.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectOutput(temporary.resolve("submit.out").toFile())
                .redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", ScriptRun.BUILD.resolve("spark").toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return builder.start().waitFor();
    }

    private static List<String> withEventLog(Path folder, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(
                "spark.eventLog.enabled=true",
                "spark.eventLog.rolling.enabled=false",
                "spark.eventLog.compress=false",
                "spark.eventLog.dir=" + folder.toUri()));
        return all.stream().flatMap(setting -> Stream.of("--conf", setting)).toList();
    }

    private static String events(Path folder) throws IOException {
        try (var logs = Files.list(folder)) {
            return Files.readString(logs.findFirst().orElseThrow());
        }
    }

    private ScriptRun.Running start(Path data, String... options) throws IOException {
        List<String> more = new ArrayList<>(List.of("--partitions", "6"));
        more.addAll(List.of(options));
        return start(temporary, cluster.master(), List.of(), data, together, more.toArray(String[]::new));
    }

    private static ScriptRun.Running start(
            Path directory, String master, List<String> sparkOptions, Path data, Path output, String... options)
            throws IOException {
        return start(Map.of(), directory, master, sparkOptions, data, output, options);
    }

    private static ScriptRun.Running start(
            Map<String, String> environment,
            Path directory,
            String master,
            List<String> sparkOptions,
            Path data,
            Path output,
            String... options)
            throws IOException {
        List<String> words = new ArrayList<>(List.of("--master", master));
        words.addAll(sparkOptions);
        words.addAll(List.of("--", "--data", data.toString(), "--output", output.toString()));
        words.addAll(RUNS);
        words.addAll(List.of(options));
        return ScriptRun.start(directory, environment, "train.sh", words.toArray(String[]::new));
    }

    private static ScriptRun succeed(ScriptRun.Running training) throws Exception {
        ScriptRun run = training.finish();
        assertEquals(0, run.exitCode(), run::errors);
        return run;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
