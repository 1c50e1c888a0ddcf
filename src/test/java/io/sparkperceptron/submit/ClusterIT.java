package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on a real cluster of two workers. */
class ClusterIT {

    @TempDir
    Path temporary;

    @Test
    void executorsThatSpeculateGiveTheBitsOfOneThread() throws Exception {
        Path alone = temporary.resolve("alone");
        train(List.of("--master", "local[1]"), alone, "--kernel", "vector");
        Path log = Files.createDirectories(temporary.resolve("log"));
        Path together = temporary.resolve("together");
        try (StandaloneCluster cluster = new StandaloneCluster(temporary, 2)) {
            List<String> options = new ArrayList<>(List.of("--master", cluster.master()));
            for (String setting : List.of(
                    "spark.speculation=true",
                    "spark.speculation.interval=10ms",
                    "spark.speculation.quantile=0.1",
                    "spark.speculation.multiplier=1.0",
                    "spark.speculation.minTaskRuntime=1ms",
                    "spark.speculation.efficiency.enabled=false",
                    "spark.locality.wait=0",
                    "spark.eventLog.enabled=true",
                    "spark.eventLog.dir=" + log.toUri())) {
                options.addAll(List.of("--conf", setting));
            }
            ScriptRun.Running training = start(options, together, "--partitions", "6", "--kernel", "scalar");
            training.awaitFile(together.resolve("metrics.csv"));
            cluster.holdExecutors(2, 2000);
            succeed(training);
        }
        try (var logs = Files.list(log)) {
            String events = Files.readString(logs.findFirst().orElseThrow());
            assertTrue(events.contains("\"Speculative\":true"), "nothing was speculated on");
            assertTrue(events.contains("\"Host\":\"127.0.0.1\"") && events.contains("\"Host\":\"127.0.0.2\""));
        }
        for (String model : List.of("logistic-0.5", "logistic-5", "mse-0.5", "mse-5")) {
            String weights = "models/" + model + "/weights.npy";
            assertEquals(-1, Files.mismatch(alone.resolve(weights), together.resolve(weights)), model);
        }
    }

    private void train(List<String> sparkOptions, Path output, String... options) throws Exception {
        succeed(start(sparkOptions, output, options));
    }

    private ScriptRun.Running start(List<String> sparkOptions, Path output, String... options) throws Exception {
        List<String> words = new ArrayList<>(sparkOptions);
        words.addAll(
                List.of("--", "--data", Path.of("data/mnist").toAbsolutePath().toString()));
        words.addAll(List.of("--loss", "logistic,mse", "--learning-rate", "0.5,5", "--epochs", "12"));
        words.addAll(List.of("--output", output.toString()));
        words.addAll(List.of(options));
        Map<String, String> environment = Map.of("SPARK_LOCAL_IP", "127.0.0.1");
        return ScriptRun.start(temporary, environment, "train.sh", words.toArray(String[]::new));
    }

    private static void succeed(ScriptRun.Running training) throws Exception {
        ScriptRun run = training.finish();
        assertEquals(0, run.exitCode(), run::errors);
    }
}
