package io.sparkperceptron.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.UserException;
import io.sparkperceptron.ml.PerceptronClassifier;
import io.sparkperceptron.session.Existing;
import io.sparkperceptron.session.Sweep;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.history.FsHistoryProvider;
import org.apache.spark.deploy.history.HistoryServer;
import org.apache.spark.internal.config.package$;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/** A Spark with a UI, its event log, and the history server that reads it. */
@Tag("spark")
class PerceptronsPluginTest {

    private static final int EPOCHS = 12;
    private static final long PATIENCE_MILLIS = 30_000;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

    @TempDir
    Path temporary;

    private Path log;
    private SparkSession session;

    @BeforeEach
    void stopTheOtherSpark() throws IOException {
        SparkTest.stopSpark();
        log = Files.createDirectory(temporary.resolve("log"));
    }

    @AfterEach
    void stopSpark() {
        System.clearProperty("spark.ui.proxyBase");
        if (session != null) {
            session.stop();
        }
    }

    private void start(boolean ui) {
        session = SparkSession.builder()
                .config(new SparkConf(false)
                        .setMaster("local[2]")
                        .setAppName("test")
                        .set("spark.plugins", PerceptronsPlugin.class.getName())
                        .set("spark.ui.enabled", "" + ui)
                        .set("spark.ui.port", "0")
                        .set("spark.eventLog.enabled", "true")
                        .set("spark.eventLog.compress", "false")
                        .set("spark.eventLog.dir", log.toUri().toString())
                        .set("spark.sql.shuffle.partitions", "2")
                        .set("spark.driver.bindAddress", "127.0.0.1")
                        .set("spark.driver.host", "127.0.0.1"))
                .getOrCreate();
    }

    private void train(TrainingListener listener) {
        train(EPOCHS, Existing.REPLACED, listener);
    }

    private void train(int epochs, Existing existing, TrainingListener listener) {
        Path images = TestImages.writeFolder(temporary, 1200, 300, 6, 5);
        try (TrainingData data = TrainingData.load(session, images.toString())) {
            new Sweep(data)
                    .rates(0.5, 1)
                    .l2(0, 1e60)
                    .epochs(epochs)
                    .existing(existing)
                    .listener(listener)
                    .train(temporary.resolve("out").toString());
        }
    }

    @Test
    void theTabFollowsATrainingAndTheHistoryServerShowsIt() throws Exception {
        start(true);
        String address = session.sparkContext().uiWebUrl().get();
        String tab = address + "/perceptrons/";
        assertTrue(get(tab).body().contains("No training has begun."));
        List<String> seen = new ArrayList<>();
        train(new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                // The tab is told after this listener.
                if (epoch == 5) {
                    seen.add(await(tab, "4 of 12, going on"));
                }
            }
        });
        assertTrue(seen.get(0).contains("Training 1: 4 runs"), seen::toString);
        String page = await(tab, "12 of 12, finished");
        assertTrue(page.contains("<td>logistic-1-l2-1E+60</td>"), page);
        assertTrue(page.contains("diverged at epoch"), page);
        assertTrue(page.contains("<td>driver</td><td>127.0.0.1</td><td>2</td>"), page);
        assertTrue(page.contains("href=\"/perceptrons/\""), "Spark's own head has the tab: " + page);
        assertEquals(
                "SAMEORIGIN", get(tab).headers().firstValue("X-Frame-Options").orElseThrow());

        new PerceptronClassifier()
                .setMaxIter(3)
                .fit(session.read().format("libsvm").load(table()));
        assertTrue(await(tab, "Training 2: logistic-0.5").contains("Trainings of this application"));
        assertTrue(get(tab + "?training=1").body().contains("Training 1: 4 runs"));

        String application = session.sparkContext().applicationId();
        String resource = "/api/v1/applications/" + application + "/perceptrons";
        JsonNode trainings = json(address + resource);
        assertEquals(2, trainings.size());
        assertEquals(EPOCHS, trainings.at("/0/started/epochs").asInt());
        assertEquals(trainings, json(address + "/perceptrons/json"));
        JsonNode epochs = json(address + resource + "?training=1").at("/epochs");
        assertEquals(EPOCHS + 1, epochs.size());
        assertEquals(400, get(address + resource + "?training=9").statusCode());

        JsonNode gauges = json(address + "/metrics/json/").at("/gauges");
        String prefix = application + ".driver.plugin." + PerceptronsPlugin.class.getName() + ".";
        assertEquals(3, gauges.at("/" + prefix + "epoch").path("value").asDouble());
        for (String name : List.of("trainError", "passSeconds", "kernelSeconds", "driverSeconds")) {
            double value = gauges.at("/" + prefix + name).path("value").asDouble(-1);
            assertTrue(value >= 0 && value < 10, name + " is " + value);
        }

        System.setProperty("spark.ui.proxyBase", "/proxy/one");
        String proxied = get(tab).body();
        assertTrue(proxied.contains("href=\"/proxy/one/perceptrons/json\""), proxied);
        assertTrue(proxied.contains("href=\"/proxy/one/perceptrons/\""), proxied);
        System.clearProperty("spark.ui.proxyBase");

        session.stop();
        inHistory(application, epochs);
    }

    private void inHistory(String application, JsonNode epochs) throws Exception {
        SparkConf conf = new SparkConf(false)
                .set("spark.history.fs.logDirectory", log.toUri().toString())
                .set("spark.history.ui.port", "0");
        FsHistoryProvider provider = new FsHistoryProvider(conf);
        HistoryServer server = new HistoryServer(
                conf, provider, new SecurityManager(conf, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE()), 0);
        try {
            server.bind();
            provider.start();
            String address = "http://127.0.0.1:" + server.boundPort();
            String tab = address + "/history/" + application + "/perceptrons/";
            String page = await(tab + "?training=1", "12 of 12, finished");
            assertTrue(page.contains("diverged at epoch"), page);
            assertFalse(page.contains("http-equiv=\"refresh\""), page);
            assertTrue(page.contains("href=\"/history/" + application + "/perceptrons/json\""), page);
            assertEquals(epochs, json(tab + "json?training=1").at("/epochs"));
            String resource = address + "/api/v1/applications/" + application + "/perceptrons?training=1";
            assertEquals(epochs, json(resource).at("/epochs"));
        } finally {
            server.stop();
        }
    }

    @Test
    void aResumedTrainingKnowsTheRunsThatEndedBefore() throws Exception {
        start(true);
        train(new TrainingListener() {});
        train(EPOCHS + 2, Existing.RESUMED, new TrainingListener() {});
        String tab = session.sparkContext().uiWebUrl().get() + "/perceptrons/";
        String page = await(tab, "14 of 14, finished");
        assertTrue(page.contains("Training 2: 4 runs"), page);
        assertTrue(
                Pattern.compile("<li>logistic-1-l2-1E\\+60 diverged at epoch \\d</li>")
                        .matcher(page)
                        .find(),
                page);
        assertTrue(
                Pattern.compile("<td>logistic-1-l2-1E\\+60</td><td>\\d, diverged</td><td></td>")
                        .matcher(page)
                        .find(),
                page);
        assertTrue(page.contains("<td>diverged since epoch"), page);
    }

    @Test
    void withoutAUiThereAreNoEvents() throws Exception {
        start(false);
        train(new TrainingListener() {});
        assertTrue(session.sparkContext().ui().isEmpty());
        session.stop();
        String events;
        try (Stream<Path> files = Files.walk(log)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
            events = all.toString();
        }
        assertTrue(events.contains("{\"Event\":\"SparkListenerJobEnd\""));
        assertFalse(events.contains("{\"Event\":\"io.sparkperceptron"));
    }

    private String table() throws IOException {
        Path file = temporary.resolve("table");
        if (!Files.exists(file)) {
            StringBuilder lines = new StringBuilder();
            for (int row = 0; row < 200; row++) {
                lines.append(row % 2).append(" 1:").append(row % 2 + row % 5).append(" 2:1\n");
            }
            Files.writeString(file, lines);
        }
        return file.toString();
    }

    private static JsonNode json(String address) throws Exception {
        return new ObjectMapper().readTree(get(address).body());
    }

    /** Waits, because listeners hear of a training a little later. */
    private static String await(String address, String text) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        try {
            String body = get(address).body();
            while (!body.contains(text)) {
                assertTrue(System.currentTimeMillis() < end, "expected '" + text + "' in " + body);
                Thread.sleep(50);
                body = get(address).body();
            }
            return body;
        } catch (InterruptedException | IOException e) {
            throw new UserException("no answer from " + address, e);
        }
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
