package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.cluster.KryoRegistration;
import io.sparkperceptron.spark.SettledContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.Utils;

/** Spark's settings for a command, beyond those of spark-submit. */
record SparkSettings(SparkConf conf) {

    /** The prefix of the id that Spark makes itself if no master has given one. */
    private static final String UNREGISTERED = "spark-application-";

    private static final String NAME = "spark.app.name";
    private static final String MAIN = Main.class.getName();
    private static final String STANDALONE = "spark://";
    private static final int PATIENCE_MILLIS = 10_000;

    static SparkSettings of(String command) {
        SparkConf conf = new SparkConf();
        // If the user gives no name, spark-submit sets the name of the main class.
        String name = conf.get(NAME, MAIN);
        return new SparkSettings(KryoRegistration.configure(conf)
                .setIfMissing("spark.master", "local[*]")
                // A wide sweep's sums take a few MB. Above 1 MB, Spark sends results through the block managers.
                .setIfMissing("spark.task.maxDirectResultSize", "64m")
                // The driver merges results as they arrive, so their total needs no bound.
                .setIfMissing("spark.driver.maxResultSize", "0")
                .setAppName(name.equals(MAIN) ? "spark-perceptron " + command : name));
    }

    /** Also allows classes that are not registered with Kryo, because Spark SQL sends some. Modified: this. */
    SparkSettings withSql() {
        conf.set("spark.kryo.registrationRequired", "false");
        // With fewer fields, Spark warns that it does not print all columns of a wide table's plan.
        conf.setIfMissing("spark.sql.debug.maxToStringFields", "100000");
        return this;
    }

    Configuration hadoop() {
        return SparkHadoopUtil.get().newConfiguration(conf);
    }

    /**
     * Starts Spark. First tries to connect to a standalone master, because Spark itself tries for a minute and then
     * returns a context that is about to stop, on which the next call may hang. Throws UserException if Spark has no
     * folder to write to, if it refuses its settings, or if the standalone master cannot be reached.
     */
    JavaSparkContext start() {
        requireLocalFolder();
        String master = conf.get("spark.master");
        boolean standalone = master.startsWith(STANDALONE);
        // spark://HOST:PORT,HOST:PORT names a master and its standbys.
        if (standalone
                && Arrays.stream(master.substring(STANDALONE.length()).split(",", -1))
                        .noneMatch(SparkSettings::listens)) {
            throw notAccepted(master);
        }
        JavaSparkContext spark = context();
        if (standalone && spark.sc().applicationId().startsWith(UNREGISTERED)) {
            spark.close();
            throw notAccepted(master);
        }
        return spark;
    }

    /** Without a usable folder, Spark logs many lines and ends the process with its own exit code. */
    private void requireLocalFolder() {
        String[] folders = Utils.getConfiguredLocalDirs(conf);
        if (Arrays.stream(folders).noneMatch(SparkSettings::isWritable)) {
            throw new UserException("Expected a folder for Spark's temporary files that can be made and written to,"
                    + " found " + String.join(", ", folders) + "; name another in the environment variable"
                    + " SPARK_LOCAL_DIRS, or else in spark.local.dir");
        }
    }

    private static boolean isWritable(String folder) {
        try {
            Path path = Files.createDirectories(Path.of(folder));
            Files.delete(Files.createTempDirectory(path, "spark-perceptron"));
            return true;
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private JavaSparkContext context() {
        try {
            return new SettledContext(conf);
        } catch (Exception e) {
            // Spark's constructors throw SparkException, which is checked, without declaring it.
            throw new UserException(
                    "Cannot start Spark with the master " + conf.get("spark.master") + ": " + UserException.reason(e),
                    e);
        }
    }

    private static UserException notAccepted(String master) {
        return new UserException("Expected a Spark master at " + master
                + ", but nothing there accepted this application; is it running?");
    }

    /** Returns true for an invalid address, because Spark itself reports that. */
    private static boolean listens(String address) {
        try (Socket socket = new Socket()) {
            URI uri = new URI(STANDALONE + address);
            if (uri.getHost() != null && uri.getPort() > 0) {
                socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE_MILLIS);
            }
            return true;
        } catch (URISyntaxException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
