package io.sparkperceptron.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Imitates the REST API of Zeppelin 0.12 for notes (NotebookRestApi, Notebook and Note of its source). No dependency
 * provides a real Zeppelin.
 */
public final class ZeppelinServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int BROKEN = 500;

    private final HttpServer server;
    /** Notes by id. */
    private final Map<String, ObjectNode> notes = new LinkedHashMap<>();
    /** The calls that change something, without ids. */
    private final List<String> calls = new ArrayList<>();

    private int given;
    private boolean hasMarkdown = true;
    private boolean refusesImports;
    private JsonNode importAnswer;

    public ZeppelinServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/notebook", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Adds a note without paragraphs. */
    public String put(String path) {
        String id = newId("2N");
        notes.put(id, JSON.createObjectNode().put("path", path).put("id", id));
        notes.get(id).putArray("paragraphs");
        return id;
    }

    /** The ids of notes by path. */
    public Map<String, String> ids() {
        Map<String, String> ids = new LinkedHashMap<>();
        notes.forEach((id, note) -> ids.put(note.path("path").asText(), id));
        return ids;
    }

    /** The paragraphs of a note. A test that changes them imitates a user's edit. */
    ArrayNode paragraphs(String id) {
        return notes.get(id).withArray("paragraphs");
    }

    List<String> calls() {
        return calls;
    }

    void removeMarkdown() {
        hasMarkdown = false;
    }

    /** Answers imports with this instead of an id. */
    void answerImportsWith(JsonNode answer) {
        importAnswer = answer;
    }

    void refuseImports() {
        refusesImports = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String newId(String prefix) {
        return prefix + String.format(Locale.ROOT, "%07d", ++given);
    }

    private static final class Refused extends RuntimeException {

        private final int status;

        private Refused(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI()
                .getPath()
                .substring("/api/notebook".length())
                .split("/", -1);
        byte[] sent = exchange.getRequestBody().readAllBytes();
        ObjectNode answer = JSON.createObjectNode().put("status", "OK").put("message", "");
        int status = 200;
        try {
            JsonNode body = sent.length == 0 ? JSON.createObjectNode() : JSON.readTree(sent);
            answer.set("body", handle(exchange.getRequestMethod(), path, body));
        } catch (Refused e) {
            status = e.status;
            answer.put("status", "error").put("message", e.getMessage());
        }
        byte[] bytes = JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized JsonNode handle(String method, String[] path, JsonNode body) {
        String first = path.length > 1 ? path[1] : "";
        String call =
                method + " " + first + String.join("/", List.of(path).subList(Math.min(2, path.length), path.length));
        if (!method.equals("GET")) {
            calls.add(method + " " + (path.length > 2 && !first.equals("run") ? path[2] : first)
                    + (path.length > 4 ? " " + path[4] : ""));
        }
        if (call.equals("GET ")) {
            ArrayNode list = JSON.createArrayNode();
            ids().forEach((name, id) -> list.addObject().put("id", id).put("path", name));
            return list;
        }
        if (first.equals("import")) {
            return importNote(body);
        }
        if (first.equals("run")) {
            return run(note(path[2]), path[3]);
        }
        ObjectNode note = note(first);
        if (path.length == 2) {
            return method.equals("GET") ? note : unexpected(call);
        }
        if (path[2].equals("rename")) {
            String name = "/" + body.path("name").asText().replaceFirst("^/", "");
            requireFree(name);
            return note.put("path", name);
        }
        ArrayNode paragraphs = note.withArray("paragraphs");
        if (path.length == 3) {
            return insert(paragraphs, body);
        }
        int at = place(paragraphs, path[3]);
        ObjectNode paragraph = (ObjectNode) paragraphs.get(at);
        if (path.length == 4 && method.equals("DELETE")) {
            return paragraphs.remove(at);
        }
        if (path.length == 4) {
            paragraph.set("text", body.get("text"));
            if (body.hasNonNull("title")) {
                paragraph.set("title", body.get("title"));
            }
        } else if (path[4].equals("config")) {
            if (body.isEmpty()) {
                throw new Refused(BAD_REQUEST, "paragraph config cannot be empty");
            }
            body.properties()
                    .forEach(
                            entry -> paragraph.withObject("/config").set(entry.getKey(), asGsonDoes(entry.getValue())));
        } else {
            int to = Integer.parseInt(path[5]);
            if (to >= paragraphs.size()) {
                throw new Refused(BAD_REQUEST, "newIndex " + to + " is out of bounds");
            }
            paragraphs.remove(at);
            paragraphs.insert(to, paragraph);
        }
        return paragraph;
    }

    /** Keeps the fields of a paragraph that Note.addCloneParagraph keeps, and the name of the note. */
    private JsonNode importNote(JsonNode sent) {
        if (importAnswer != null) {
            return importAnswer;
        }
        if (refusesImports) {
            throw new Refused(BROKEN, "Internal server error");
        }
        String path = "/" + sent.path("name").asText();
        requireFree(path);
        String id = put(path);
        for (JsonNode paragraph : sent.path("paragraphs")) {
            ObjectNode copy = paragraphs(id).addObject().put("status", "READY");
            List.of("id", "title", "text", "settings", "results").forEach(field -> {
                if (paragraph.has(field)) {
                    copy.set(field, paragraph.get(field));
                }
            });
            copy.set("config", asGsonDoes(paragraph.path("config")));
        }
        return JsonNodeFactory.instance.textNode(id);
    }

    private JsonNode insert(ArrayNode paragraphs, JsonNode body) {
        String id = newId("paragraph_1800000000000_");
        ObjectNode paragraph = JSON.createObjectNode().put("id", id).put("status", "READY");
        paragraph.set("title", body.get("title"));
        paragraph.set("text", body.get("text"));
        paragraph.set("config", asGsonDoes(body.path("config")));
        paragraphs.insert(body.path("index").asInt(), paragraph);
        return JsonNodeFactory.instance.textNode(id);
    }

    private JsonNode run(ObjectNode note, String paragraph) {
        ObjectNode run = (ObjectNode) note.withArray("paragraphs").get(place(note.withArray("paragraphs"), paragraph));
        // Zeppelin answers 200 even without an interpreter.
        run.put("status", hasMarkdown ? "FINISHED" : "ERROR");
        ObjectNode results = run.withObject("/results").put("code", hasMarkdown ? "SUCCESS" : "ERROR");
        results.putArray("msg")
                .addObject()
                .put("data", hasMarkdown ? run.path("text").asText() : "Interpreter md not found");
        return results;
    }

    private ObjectNode note(String id) {
        ObjectNode note = notes.get(id);
        if (note == null) {
            throw new Refused(NOT_FOUND, "Note " + id + " not found");
        }
        return note;
    }

    private static int place(ArrayNode paragraphs, String id) {
        for (int i = 0; i < paragraphs.size(); i++) {
            if (paragraphs.get(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        throw new Refused(NOT_FOUND, "Paragraph " + id + " not found");
    }

    private void requireFree(String path) {
        if (ids().containsKey(path)) {
            throw new Refused(CONFLICT, "Note '" + path + "' existed");
        }
    }

    private static JsonNode unexpected(String call) {
        throw new Refused(NOT_FOUND, "not part of this: " + call);
    }

    /** Gson reads every number of a map as a double. */
    private static JsonNode asGsonDoes(JsonNode value) {
        if (value.isNumber()) {
            return JsonNodeFactory.instance.numberNode(value.asDouble());
        }
        if (value.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            value.properties().forEach(entry -> copy.set(entry.getKey(), asGsonDoes(entry.getValue())));
            return copy;
        }
        return value;
    }
}
