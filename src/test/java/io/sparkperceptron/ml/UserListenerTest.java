package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.sparkperceptron.UserException;
import io.sparkperceptron.session.TrainingWatch;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserListenerTest extends MlTest {

    private static final Path SOURCE = Path.of("src/test/java/io/sparkperceptron/ml/UserListenerTest.java");

    @TempDir
    Path folder;

    /** Events as texts. */
    private static final class Told implements TrainingListener {

        private final List<String> events = new ArrayList<>();

        @Override
        public void epochStarted(TrainingState state) {
            events.add("starts " + state.epoch());
        }

        @Override
        public void epochFinished(int epoch, List<EpochMetrics> metrics) {
            events.add("ends " + epoch + " of " + metrics.size());
        }

        @Override
        public void runLeft(EpochMetrics metrics, Ending ending) {
            events.add(metrics.run().name() + " " + ending.label());
        }

        @Override
        public void trainingEnded() {
            events.add("ended");
        }
    }

    private static PerceptronClassifier classifier() {
        return new PerceptronClassifier().setMaxIter(2).setOrderCol("id");
    }

    @Test
    void hearsOfAllRunsOfATrainingAlsoThroughCopiesAndPipelines() throws IOException {
        Told told = new Told();
        PerceptronClassifier classifier = classifier().setTrainingListener(told);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.stepSize(), new double[] {0.5, 1e300})
                .build();
        classifier.copy(ParamMap.empty()).fit(rows(50, 1), grid);
        List<String> expected = List.of(
                "starts 0",
                "ends 0 of 2",
                "starts 1",
                "ends 1 of 2",
                "logistic-1E+300 diverged",
                "starts 2",
                "ends 2 of 1",
                "ended");
        assertEquals(expected, told.events);
        told.events.clear();
        new Pipeline().setStages(new PipelineStage[] {classifier}).fit(rows(50, 1));
        assertEquals("ended", told.events.get(6));
        told.events.clear();
        new PerceptronCrossValidator().setEstimator(classifier).setNumFolds(2).fit(rows(50, 1));
        assertEquals("ends 0 of 3", told.events.get(1));

        told.events.clear();
        classifier.save(folder.resolve("estimator").toString());
        PerceptronClassifier.load(folder.resolve("estimator").toString()).fit(rows(50, 1));
        classifier.setTrainingListener(null).fit(rows(50, 1));
        assertEquals(List.of(), told.events);
    }

    @Test
    void aListenerThatThrowsDoesNotStopTheTraining() {
        List<String> calls = new ArrayList<>();
        TrainingListener failing = new TrainingListener() {
            @Override
            public void epochStarted(TrainingState state) {
                calls.add("started");
                throw new IllegalStateException("no server");
            }

            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                calls.add("finished");
                // A listener in Scala may throw a checked exception.
                UserListenerTest.<RuntimeException>rethrow(new IOException("no disk"));
            }

            @Override
            public void trainingEnded() {
                calls.add("ended");
                throw new UserException("no database");
            }
        };
        List<Long> expected = bits(classifier().fit(rows(50, 2)));
        String sentence = "The training goes on, but its listener " + failing.getClass() + " threw an exception";
        String log = logged(() -> assertEquals(
                expected, bits(classifier().setTrainingListener(failing).fit(rows(50, 2)))));
        assertEquals(7, StringUtils.countMatches(log, sentence));
        assertEquals(3, Collections.frequency(calls, "started"));
        assertEquals(3, Collections.frequency(calls, "finished"));
        assertEquals(1, Collections.frequency(calls, "ended"));
        TrainingWatch.set((blocks, plan, recording) -> failing);
        try {
            assertEquals(expected, bits(classifier().fit(rows(50, 2))), "nor does the tab of Spark's UI");
        } finally {
            TrainingWatch.set(null);
        }
        assertEquals(2, Collections.frequency(calls, "ended"));
        TrainingListener fatal = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                throw new OutOfMemoryError("made up");
            }
        };
        assertThrows(
                OutOfMemoryError.class,
                () -> classifier().setTrainingListener(fatal).fit(rows(50, 2)));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void rethrow(Exception e) throws E {
        throw (E) e;
    }

    @Test
    void theExampleOnThePageLogsToMlflow() throws IOException {
        List<JsonNode> batches = Collections.synchronizedList(new ArrayList<>());
        HttpServer mlflow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mlflow.createContext("/api/2.0/mlflow/runs/log-batch", exchange -> {
            batches.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        mlflow.start();
        String server = "http://127.0.0.1:" + mlflow.getAddress().getPort();
        String runId = "abc";
        PerceptronClassifier perceptrons = classifier();
        try {
            // begin
            HttpClient client = HttpClient.newHttpClient();
            URI batch = URI.create(server + "/api/2.0/mlflow/runs/log-batch");
            perceptrons.setTrainingListener(new TrainingListener() {
                @Override
                public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                    String values = metrics.stream()
                            .filter(EpochMetrics::isFinite)
                            .map(one -> String.format(
                                    Locale.ROOT,
                                    "{\"key\": \"%s train_cost\", \"value\": %s, \"timestamp\": %d, \"step\": %d}",
                                    one.run().name(),
                                    one.train().cost(),
                                    System.currentTimeMillis(),
                                    epoch))
                            .collect(Collectors.joining(", "));
                    String body = "{\"run_id\": \"" + runId + "\", \"metrics\": [" + values + "]}";
                    HttpRequest request = HttpRequest.newBuilder(batch)
                            .POST(BodyPublishers.ofString(body))
                            .build();
                    client.sendAsync(request, BodyHandlers.discarding()).join();
                }
            });
            // end
            PerceptronClassificationModel model = perceptrons.fit(rows(50, 3));
            List<Row> metrics = model.summary().metrics().sort("epoch").collectAsList();
            assertEquals(metrics.size(), batches.size());
            for (int epoch = 0; epoch < metrics.size(); epoch++) {
                assertEquals("abc", batches.get(epoch).path("run_id").asText());
                JsonNode one = batches.get(epoch).path("metrics").path(0);
                assertEquals("logistic-0.5 train_cost", one.path("key").asText());
                assertEquals(epoch, one.path("step").asInt());
                assertEquals(
                        metrics.get(epoch).<Double>getAs("train_cost"),
                        one.path("value").asDouble());
            }
        } finally {
            mlflow.stop(0);
        }
        String source = Files.readString(SOURCE);
        String example = Pattern.compile("(?s) *// begin\n(.*?) *// end\n")
                .matcher(source)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replaceAll("(?m)^ {12}", "");
        assertTrue(
                Files.readString(Path.of("src/site/markdown/dataframes.md")).contains(example),
                "the page has\n" + example);
    }
}
