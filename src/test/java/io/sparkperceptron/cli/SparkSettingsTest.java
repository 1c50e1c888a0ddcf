package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SparkSettingsTest {

    @TempDir
    Path temporary;

    @Test
    void reportsAnUnreachableMasterAtOnce() throws IOException {
        String nobody = "127.0.0.1:" + freePort();
        for (String master : new String[] {"spark://" + nobody, "spark://" + nobody + "," + nobody}) {
            SparkSettings settings = new SparkSettings(new SparkConf(false).set("spark.master", master));
            assertEquals(
                    "Expected a Spark master at " + master
                            + ", but nothing there accepted this application; is it running?",
                    assertThrows(UserException.class, settings::start).getMessage());
        }
    }

    /** Spark itself would end the process. */
    @Test
    void reportsThatNoLocalFolderIsWritable() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        SparkConf conf = new SparkConf(false)
                .set("spark.master", "local[1]")
                .set("spark.local.dir", file + "," + file.resolve("below"));
        assertEquals(
                "Expected a folder for Spark's temporary files that can be made and written to, found " + file + ", "
                        + file + "/below; name another in the environment variable SPARK_LOCAL_DIRS, or else in"
                        + " spark.local.dir",
                assertThrows(UserException.class, new SparkSettings(conf)::start)
                        .getMessage());
    }

    @Test
    void theUsersNameIsKept() {
        String name = "spark.app.name";
        try {
            assertEquals(
                    "spark-perceptron train", SparkSettings.of("train").conf().get(name));
            System.setProperty(name, Main.class.getName());
            assertEquals(
                    "spark-perceptron train", SparkSettings.of("train").conf().get(name));
            System.setProperty(name, "my sweep");
            assertEquals("my sweep", SparkSettings.of("train").conf().get(name));
        } finally {
            System.clearProperty(name);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
