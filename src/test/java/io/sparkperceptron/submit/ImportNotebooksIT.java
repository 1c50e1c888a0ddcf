package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that imports the notes, against a server that answers as Zeppelin's REST API does for notes; a real Zeppelin is not to be had
 * as a dependency.
 */
class ImportNotebooksIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temporary;

    /** By id: the path of a note. As in Zeppelin, no two have the same. */
    private final Map<String, String> notes = new LinkedHashMap<>();

    @Test
    void replacesEarlierVersionsAndLeavesOthersAlone() throws Exception {
        notes.put("2OLD00001", "/1-sigmoid-and-losses");
        notes.put("2MINE0001", "/mine/1-sigmoid-and-losses");
        HttpServer zeppelin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        zeppelin.createContext("/api/notebook", this::answer);
        zeppelin.start();
        try {
            String url = "http://127.0.0.1:" + zeppelin.getAddress().getPort();
            for (int time = 0; time < 2; time++) {
                ScriptRun run = ScriptRun.of(temporary, Map.of(), "import-notebooks.sh", url);
                assertEquals(0, run.exitCode(), run::errors);
            }
        } finally {
            zeppelin.stop(0);
        }
        assertFalse(notes.containsKey("2OLD00001"));
        assertEquals(
                List.of(
                        "/1-sigmoid-and-losses",
                        "/2-training-curves",
                        "/3-learning-rate-sweep",
                        "/4-weights-and-mistakes",
                        "/mine/1-sigmoid-and-losses"),
                notes.values().stream().sorted().toList());
    }

    @Test
    void writesNotesWithThePathsOfThisMachine() throws Exception {
        ScriptRun run = ScriptRun.of(
                temporary, Map.of("OUTPUT", "hdfs://host/a&b|c"), "import-notebooks.sh", "--to", temporary + "/notes");
        assertEquals(0, run.exitCode(), run::errors);
        try (var files = Files.list(temporary.resolve("notes"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                assertFalse(text.contains("SPARK_PERCEPTRON_"), file.toString());
                JsonNode settings =
                        JSON.readTree(text).path("paragraphs").path(1).path("text");
                String jar = settings.asText()
                        .lines()
                        .filter(line -> line.startsWith("spark.jars "))
                        .findFirst()
                        .orElseThrow();
                assertTrue(Files.exists(Path.of(jar.substring("spark.jars ".length()))), jar);
            }
        }
        assertTrue(Files.readString(temporary.resolve("notes/4-weights-and-mistakes_2KPRCPTR4.zpln"))
                .contains("hdfs://host/a&b|c"));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        ScriptRun wrong = ScriptRun.of(temporary, Map.of(), "import-notebooks.sh", "zeppelin:8080");
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.errors().startsWith("error: expected a URL such as http://localhost:8080"), wrong::errors);
        ScriptRun nobody = ScriptRun.of(temporary, Map.of(), "import-notebooks.sh", "http://127.0.0.1:1");
        assertEquals(1, nobody.exitCode());
        assertTrue(nobody.errors().contains("error: Zeppelin at http://127.0.0.1:1 did not take GET"), nobody::errors);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        String id = path.length > 3 ? path[3] : "";
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = 200;
        ArrayNode list = JSON.createArrayNode();
        switch (exchange.getRequestMethod()) {
            case "GET" ->
                notes.forEach((key, name) -> list.addObject().put("id", key).put("path", name));
            case "DELETE" -> status = notes.remove(id) == null ? 404 : 200;
            case "PUT" -> notes.put(id, "/" + JSON.readTree(body).path("name").asText());
            default -> {
                String name = "/" + JSON.readTree(body).path("name").asText();
                status = notes.containsValue(name) ? 500 : 200;
                notes.putIfAbsent("2NEW" + notes.size() + body.length, name);
            }
        }
        byte[] answer = JSON.writeValueAsString(JSON.createObjectNode()
                        .put("status", "OK")
                        .put("message", "")
                        .set("body", list))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
