package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A standalone Spark cluster in processes of their own, out of the Spark that the build laid out: a master, and workers that
 * each have an address of their own in 127.0.0.0/8, for Spark runs a speculative task on another host only.
 */
final class StandaloneCluster implements AutoCloseable {

    private static final Pattern ALIVE = Pattern.compile("\"aliveworkers\"\\s*:\\s*(\\d+)");
    private static final int MOST_TRIES = 300;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final int port = freePort();

    /** Starts the cluster, and waits until all workers are there. */
    StandaloneCluster(Path folder, int workers) throws IOException, InterruptedException {
        this.folder = folder;
        try {
            int page = freePort();
            start("127.0.0.1", "master.Master", "--port", "" + port, "--webui-port", "" + page);
            for (int i = 1; i <= workers; i++) {
                start("127.0.0." + i, "worker.Worker", "--webui-port", "0", "--cores", "2", "--memory", "1g", master());
            }
            waitForWorkers(URI.create("http://127.0.0.1:" + page + "/json/"), workers);
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    String master() {
        return "spark://127.0.0.1:" + port;
    }

    /** Stops the clock of a worker's executors for a while, as an overloaded machine would. */
    void holdExecutors(int worker, long millis) throws IOException, InterruptedException {
        List<ProcessHandle> executors = processes.get(worker).descendants().toList();
        assertFalse(executors.isEmpty(), "no executor on worker " + worker);
        signal("-STOP", executors);
        Thread.sleep(millis);
        signal("-CONT", executors);
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add("" + process.pid()));
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.onExit().join();
        }
    }

    private void start(String host, String type, String... arguments) throws IOException {
        Path home = Path.of("target/spark").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-cp",
                home.resolve("jars") + "/*",
                "org.apache.spark.deploy." + type,
                "--host",
                host));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(type + host + ".log").toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("SPARK_LOCAL_IP", host);
        builder.environment()
                .put("SPARK_WORKER_DIR", folder.resolve("work" + host).toString());
        processes.add(builder.start());
    }

    private static void waitForWorkers(URI status, int workers) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < MOST_TRIES; i++) {
            try {
                String page = client.send(HttpRequest.newBuilder(status).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
                var alive = ALIVE.matcher(page);
                if (alive.find() && Integer.parseInt(alive.group(1)) == workers) {
                    return;
                }
            } catch (IOException e) {
                // Not yet there.
            }
            Thread.sleep(100);
        }
        throw new IOException("the workers did not come up");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
