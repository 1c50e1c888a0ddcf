package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cluster of submit/standalone-cluster.sh with workers of two cores. On Linux each has its own address. */
final class StandaloneCluster {

    private final Path folder;
    private final int workers;
    private final Map<String, String> environment;
    private final String master;

    /** Starts the cluster, and waits for all workers. */
    StandaloneCluster(Path folder, int workers) throws IOException, InterruptedException {
        this.folder = folder;
        this.workers = workers;
        this.environment = Map.of(
                "CLUSTER_DIR",
                folder.resolve("cluster").toString(),
                "WORKER_CORES",
                "2",
                "WORKER_MEMORY",
                "1g",
                "MASTER_PORT",
                "17077");
        try {
            this.master = start().printed().replaceFirst("(?s).*MASTER=(\\S+).*", "$1");
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            script("stop");
            throw e;
        }
    }

    String master() {
        return master;
    }

    /** Starts the processes of the cluster that do not run. */
    ScriptRun start() throws IOException, InterruptedException {
        return script("start", "" + workers);
    }

    /** Suspends a worker's executors for a while, to imitate an overloaded machine. */
    void holdExecutors(int worker, long millis) throws IOException, InterruptedException {
        List<ProcessHandle> executors = executors(worker);
        signal("-STOP", executors);
        Thread.sleep(millis);
        signal("-CONT", executors);
    }

    void killExecutors(int worker) throws IOException {
        executors(worker).forEach(ProcessHandle::destroyForcibly);
    }

    void killWorker(int worker) throws IOException {
        process(worker).destroyForcibly();
    }

    void stop() throws IOException, InterruptedException {
        script("stop");
    }

    private List<ProcessHandle> executors(int worker) throws IOException {
        List<ProcessHandle> executors = process(worker).descendants().toList();
        assertFalse(executors.isEmpty(), "no executor on worker " + worker);
        return executors;
    }

    private ProcessHandle process(int worker) throws IOException {
        Path file = folder.resolve("cluster").resolve("worker-" + worker + ".pid");
        return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
    }

    private ScriptRun script(String... arguments) throws IOException, InterruptedException {
        ScriptRun run = ScriptRun.of(folder, environment, "standalone-cluster.sh", arguments);
        assertEquals(0, run.exitCode(), run::errors);
        return run;
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add("" + process.pid()));
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }
}
