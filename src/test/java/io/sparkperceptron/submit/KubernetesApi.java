package io.sparkperceptron.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that records the objects that a client of Kubernetes creates, and runs nothing. */
final class KubernetesApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> made = new CopyOnWriteArrayList<>();

    KubernetesApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** The address as Spark's master. */
    String master() {
        return "k8s://http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The objects created so far of a kind, such as {@code Pod}. */
    List<JsonNode> made(String kind) {
        return made.stream()
                .filter(thing -> thing.path("kind").asText().equals(kind))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            switch (exchange.getRequestMethod()) {
                case "POST" -> send(exchange, 201, recorded(body));
                case "PATCH", "PUT" -> send(exchange, 200, recorded(body));
                case "GET" -> look(exchange);
                default -> send(exchange, 200, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
            }
        }
    }

    private String recorded(String body) throws IOException {
        ObjectNode thing = (ObjectNode) JSON.readTree(body);
        made.add(thing.deepCopy());
        thing.withObject("/metadata").put("uid", UUID.randomUUID().toString()).put("resourceVersion", "1");
        return thing.toString();
    }

    /** Answers with empty lists, no events, and no object of any name. */
    private static void look(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (query.contains("watch=true")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else if (exchange.getRequestURI().getPath().matches(".*/(pods|configmaps|services|persistentvolumeclaims)")) {
            send(
                    exchange,
                    200,
                    "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}");
        } else {
            send(exchange, 404, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":404}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
