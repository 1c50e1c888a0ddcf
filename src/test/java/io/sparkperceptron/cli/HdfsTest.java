package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.FolderLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedAction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data, results and models on a real HDFS. */
@Tag("spark")
class HdfsTest {

    private static final int CLASSES = 3;
    private static final int EPOCHS = 100;
    private static final int ENDLESS = 1_000_000;
    private static final String FEW_RETRIES = "spark.hadoop.ipc.client.connect.max.retries";
    private static final String WEIGHTS = "models/logistic-0.5/weights.npy";

    @TempDir
    static Path temporary;

    private static final Locale LOCALE = Locale.getDefault();

    private static MiniDFSCluster cluster;
    private static String hdfs;

    @BeforeAll
    static void start() throws Exception {
        SparkTest.stopSpark();
        // A namenode does not find its own files if their names have other digits.
        Locale.setDefault(Locale.ROOT);
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty(FEW_RETRIES, "1");
        Configurator.setLevel("org.apache.hadoop", Level.OFF);
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temporary.resolve("hdfs").toString());
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(3).build();
        hdfs = "hdfs://localhost:" + cluster.getNameNodePort() + "/user/test";
        Path local = TestImages.writeFolder(temporary.resolve("data"), 1500, 600, CLASSES, 5);
        copyToHdfs(local, hdfs + "/data");
    }

    private static void copyToHdfs(Path local, String uri) throws IOException {
        cluster.getFileSystem()
                .copyFromLocalFile(new org.apache.hadoop.fs.Path(local.toUri()), new org.apache.hadoop.fs.Path(uri));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        Locale.setDefault(LOCALE);
        System.clearProperty("spark.master");
        System.clearProperty("spark.ui.enabled");
        System.clearProperty(FEW_RETRIES);
        // A datanode that has lost its namenode may not end; do not wait for it for ever.
        Thread stopping = new Thread(cluster::shutdown, "stopping");
        stopping.setDaemon(true);
        stopping.start();
        stopping.join(20_000);
        Configurator.setLevel("org.apache.hadoop", Level.WARN);
    }

    @Test
    void trainsEvaluatesAndPredictsOnHdfsWithTheSameBits() throws Exception {
        String home = hdfs + "/home";
        Path local = temporary.resolve("out");
        run("train", "--data", temporary.resolve("data").toString(), "--output", local.toString(), "--epochs", "4");
        copyToHdfs(local, home + "/out");
        run("train", "--data", hdfs + "/data", "--output", home + "/out", "--epochs", "4", "--overwrite");

        Folder out = Folder.at(home + "/out", new Configuration());
        assertEquals(Folder.at(local.toString(), new Configuration()).names(), out.names());
        assertEquals(
                0, run("report", home + "/out").lines().filter(String::isBlank).count());
        Folder model = out.child("models/logistic-0.5");
        assertArrayEquals(
                Files.readAllBytes(local.resolve("models/logistic-0.5/weights.npy")),
                model.read("weights.npy", Integer.MAX_VALUE));
        String metrics = new String(out.read("metrics.csv", 1 << 20), StandardCharsets.UTF_8);
        assertEquals(6, metrics.lines().count());
        assertTrue(out.child("images/logistic-0.5").holds("weights.png"));

        String printed = run("evaluate", "--model", home + "/out", "--data", hdfs + "/data");
        assertTrue(printed.contains("of 600)"), printed);
        run("predict", "--model", home + "/out", "--data", hdfs + "/data", "--output", home + "/predictions.csv");
        Folder folder = Folder.at(home, new Configuration());
        assertEquals(List.of("out", "predictions.csv"), folder.names());
    }

    @Test
    @Tag("thorough")
    void aDatanodeThatStopsCostsNothing() throws Exception {
        String out = hdfs + "/datanode";
        Future<Ended> training = start(out, EPOCHS);
        awaitCheckpoint(out, training);
        DataNodeProperties stopped = cluster.stopDataNode(0);
        assertEquals(0, training.get().code(), training.get()::errors);
        assertSame(trainLocally(EPOCHS), out);
        assertTrue(cluster.restartDataNode(stopped, true));
        cluster.waitActive();
    }

    @Test
    @Tag("thorough")
    void aFullDiskEndsTheTrainingWithASentenceAndItGoesOnAfterwards() throws Exception {
        String out = hdfs + "/full";
        Future<Ended> training = start(out, ENDLESS);
        awaitCheckpoint(out, training);
        DistributedFileSystem fileSystem = cluster.getFileSystem();
        fileSystem.setQuota(new org.apache.hadoop.fs.Path(out), HdfsConstants.QUOTA_DONT_SET, 1);
        assertRefused(training, "error: Cannot write hdfs:", "quota");
        fileSystem.setQuota(new org.apache.hadoop.fs.Path(out), HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_RESET);
        goesOn(out);
    }

    @Test
    @Tag("thorough")
    void aLostPermissionEndsTheTrainingWithASentenceAndItGoesOnAfterwards() throws Exception {
        String out = hdfs + "/forbidden";
        DistributedFileSystem fileSystem = cluster.getFileSystem();
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(out);
        fileSystem.mkdirs(folder);
        fileSystem.setOwner(folder, "student", "students");
        fileSystem.setPermission(folder, new FsPermission((short) 0777));
        UserGroupInformation student = UserGroupInformation.createRemoteUser("student");
        Future<Ended> training = student.doAs((PrivilegedAction<Future<Ended>>) () -> start(out, ENDLESS));
        awaitCheckpoint(out, training);
        org.apache.hadoop.fs.Path checkpoints = new org.apache.hadoop.fs.Path(folder, "checkpoints");
        fileSystem.setPermission(folder, new FsPermission((short) 0500));
        fileSystem.setPermission(checkpoints, new FsPermission((short) 0500));
        assertRefused(training, "error: Cannot write hdfs:", "Permission denied");
        fileSystem.setPermission(folder, new FsPermission((short) 0777));
        fileSystem.setPermission(checkpoints, new FsPermission((short) 0777));
        goesOn(out);
    }

    @Test
    @Tag("thorough")
    void aVanishedHdfsEndsTheTrainingWithASentenceAndItGoesOnAfterwards() throws Exception {
        String out = hdfs + "/vanished";
        Future<Ended> training = start(out, ENDLESS);
        awaitCheckpoint(out, training);
        cluster.shutdownNameNode(0);
        try {
            assertRefused(training, "error: Cannot ", "localhost:");
        } finally {
            cluster.restartNameNode(0);
            cluster.waitActive();
        }
        goesOn(out);
    }

    private record Ended(int code, String printed, String errors) {}

    private static String[] options(String output, int epochs) {
        String data = temporary.resolve("data").toString();
        return new String[] {
            "train", "--data", data, "--output", output, "--epochs", "" + epochs, "--resume", "--checkpoint-every", "20"
        };
    }

    private static Path trainLocally(int epochs) {
        Path local = temporary.resolve("local-" + epochs);
        run(options(local.toString(), epochs));
        return local;
    }

    private static Future<Ended> start(String output, int epochs) {
        FutureTask<Ended> training = new FutureTask<>(() -> end(options(output, epochs)));
        new Thread(training, "training").start();
        return training;
    }

    private static void awaitCheckpoint(String output, Future<Ended> training) throws Exception {
        Folder checkpoints = Folder.at(output, new Configuration()).child("checkpoints");
        while (checkpoints.names().stream()
                .noneMatch(name -> checkpoints.child(name).holds("state.json"))) {
            if (training.isDone()) {
                throw new AssertionError(training.get());
            }
            Thread.sleep(10);
        }
    }

    private static void assertRefused(Future<Ended> training, String start, String reason) throws Exception {
        Ended ended = training.get();
        assertEquals(1, ended.code(), ended::errors);
        assertTrue(ended.errors().startsWith(start) && ended.errors().contains(reason), ended::errors);
        assertEquals(1, ended.errors().lines().count(), ended::errors);
    }

    /** Resumes, and trains a few epochs beyond the newest checkpoint. */
    private static void goesOn(String output) throws Exception {
        Folder folder = Folder.at(output, new Configuration());
        // The lock may be left. Its process, which is this one, still runs, so a training would wait for it.
        folder.delete(FolderLock.NAME);
        List<String> checkpoints = folder.child("checkpoints").names();
        assertFalse(checkpoints.isEmpty());
        String newest = checkpoints.get(checkpoints.size() - 1);
        int epochs = Integer.parseInt(newest.substring("epoch-".length())) + 30;
        run(options(output, epochs));
        String record = new String(folder.read("run.json", 1 << 20), StandardCharsets.UTF_8);
        assertFalse(record.contains("\"resumedAtEpoch\" : null"), record);
        assertSame(trainLocally(epochs), output);
    }

    private static void assertSame(Path local, String output) throws Exception {
        Folder folder = Folder.at(output, new Configuration());
        assertArrayEquals(Files.readAllBytes(local.resolve(WEIGHTS)), folder.read(WEIGHTS, Integer.MAX_VALUE));
        assertEquals(withoutTimes(Files.readString(local.resolve("metrics.csv"))), withoutTimes(metrics(folder)));
        assertFalse(folder.holds(FolderLock.NAME));
    }

    private static String metrics(Folder folder) {
        return new String(folder.read("metrics.csv", 1 << 24), StandardCharsets.UTF_8);
    }

    private static List<String> withoutTimes(String metrics) {
        return metrics.lines()
                .map(row -> String.join(",", Arrays.copyOf(row.split(",", -1), 9)))
                .toList();
    }

    private static String run(String... arguments) {
        Ended ended = end(arguments);
        assertEquals(0, ended.code(), ended::errors);
        return ended.printed();
    }

    private static Ended end(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(errors, true), arguments);
        return new Ended(code, out.toString(), errors.toString());
    }
}
