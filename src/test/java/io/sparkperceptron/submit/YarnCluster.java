package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler;

/** YARN with two node managers, and HDFS with one datanode, in this process. Containers are child processes. */
final class YarnCluster implements AutoCloseable {

    private static final int NODE_MANAGERS = 2;
    private static final int NODE_MEGABYTES = 4096;
    private static final long START_MILLIS = 30_000;

    private final Path site;
    private final MiniDFSCluster storage;
    private final MiniYARNCluster yarn;

    /** Starts the cluster, and writes the configuration of clients into a folder. */
    YarnCluster(Path folder) throws Exception {
        site = Files.createDirectories(folder.resolve("site"));
        Configuration configuration = new YarnConfiguration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        configuration.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, NODE_MEGABYTES);
        configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
        // The disk may be almost full.
        configuration.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
        configuration.setClass(YarnConfiguration.RM_SCHEDULER, FifoScheduler.class, Object.class);
        configuration.set(YarnConfiguration.RM_BIND_HOST, "127.0.0.1");
        storage = new MiniDFSCluster.Builder(configuration).build();
        yarn = new MiniYARNCluster("yarn-it", NODE_MANAGERS, 1, 1);
        yarn.init(configuration);
        yarn.start();
        assertTrue(yarn.waitForNodeManagersToConnect(START_MILLIS), "node managers do not come");
        // Clients get only these settings: others name classes of tests.
        Configuration client = new Configuration(false);
        client.set(FileSystem.FS_DEFAULT_NAME_KEY, storage.getURI().toString());
        for (String address : List.of(
                YarnConfiguration.RM_ADDRESS,
                YarnConfiguration.RM_SCHEDULER_ADDRESS,
                YarnConfiguration.RM_WEBAPP_ADDRESS)) {
            client.set(address, yarn.getConfig().get(address));
        }
        for (String file : List.of("core-site.xml", "yarn-site.xml")) {
            try (OutputStream out = Files.newOutputStream(site.resolve(file))) {
                client.writeXml(out);
            }
        }
    }

    /** The environment of scripts. */
    Map<String, String> environment() {
        return Map.of("MASTER", "yarn", "HADOOP_CONF_DIR", site.toString(), "SPARK_LOCAL_IP", "127.0.0.1");
    }

    FileSystem files() throws IOException {
        return storage.getFileSystem();
    }

    /** The number of attempts to run the driver of the application that a script has submitted. */
    int attempts(ScriptRun run) {
        String id = run.errors().replaceFirst("(?s).*Submitted application (\\S+).*", "$1");
        for (RMApp application :
                yarn.getResourceManager().getRMContext().getRMApps().values()) {
            if (application.getApplicationId().toString().equals(id)) {
                return application.getAppAttempts().size();
            }
        }
        throw new AssertionError("no application " + id + ": " + run.errors());
    }

    /** Kills an executor of any application. */
    static void killExecutor() {
        kill("YarnCoarseGrainedExecutorBackend");
    }

    /** Kills a driver of any application. */
    static void killDriver() {
        kill("org.apache.spark.deploy.yarn.ApplicationMaster");
    }

    private static void kill(String program) {
        List<ProcessHandle> processes = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(process -> process.info().commandLine().orElse("").contains(program))
                .toList();
        assertFalse(processes.isEmpty(), "no " + program);
        processes.get(0).destroyForcibly();
    }

    @Override
    public void close() {
        yarn.stop();
        storage.shutdown(true);
    }
}
