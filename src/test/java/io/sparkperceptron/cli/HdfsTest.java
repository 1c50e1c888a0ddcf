package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import io.sparkperceptron.storage.Folder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data, results and models on a real HDFS. */
class HdfsTest {

    private static final int CLASSES = 6;

    @TempDir
    static Path temporary;

    private static MiniDFSCluster cluster;
    private static String hdfs;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temporary.resolve("hdfs").toString());
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        hdfs = "hdfs://localhost:" + cluster.getNameNodePort() + "/user/test";
        Path local = TestImages.writeFolder(temporary.resolve("data"), 1500, 600, CLASSES, 5);
        try (FileSystem fileSystem = FileSystem.newInstance(cluster.getURI(), configuration)) {
            fileSystem.copyFromLocalFile(
                    new org.apache.hadoop.fs.Path(local.toUri()), new org.apache.hadoop.fs.Path(hdfs + "/data"));
        }
    }

    @AfterAll
    static void stop() {
        cluster.shutdown();
        System.clearProperty("spark.master");
        System.clearProperty("spark.ui.enabled");
    }

    @Test
    void trainsEvaluatesAndPredictsOnHdfsWithTheSameBits() throws Exception {
        run("train", "--data", hdfs + "/data", "--output", hdfs + "/out", "--epochs", "3");
        run("train", "--data", hdfs + "/data", "--output", hdfs + "/out", "--epochs", "4", "--overwrite");
        Path local = temporary.resolve("out");
        run("train", "--data", temporary.resolve("data").toString(), "--output", local.toString(), "--epochs", "4");

        Folder out = Folder.at(hdfs + "/out", new Configuration());
        assertEquals(List.of("checkpoints", "curves", "images", "metrics.csv", "models", "run.json"), out.names());
        Folder model = out.child("models/logistic-0.5");
        assertArrayEquals(
                Files.readAllBytes(local.resolve("models/logistic-0.5/weights.npy")),
                model.read("weights.npy", Integer.MAX_VALUE));
        String metrics = new String(out.read("metrics.csv", 1 << 20), StandardCharsets.UTF_8);
        assertEquals(6, metrics.lines().count());
        assertTrue(out.child("images/logistic-0.5").holds("weights.png"));

        String printed = run("evaluate", "--model", hdfs + "/out", "--data", hdfs + "/data");
        assertTrue(printed.contains("of 600)"), printed);
        run("predict", "--model", hdfs + "/out", "--data", hdfs + "/data", "--output", hdfs + "/predictions.csv");
        Folder home = Folder.at(hdfs, new Configuration());
        assertEquals(List.of("data", "out", "predictions.csv"), home.names());
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(errors, true), arguments);
        assertEquals(0, code, errors::toString);
        return out.toString();
    }
}
