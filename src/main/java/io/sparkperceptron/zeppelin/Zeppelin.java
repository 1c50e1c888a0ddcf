package io.sparkperceptron.zeppelin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkperceptron.UserException;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The REST API of Zeppelin 0.12, as far as notes need it. Every call that fails is a {@link UserException} with what Zeppelin said. */
public final class Zeppelin {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SUCCESS = 200;
    private static final int BEYOND_SUCCESS = 300;
    private static final int MOST_SAID = 300;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .connectTimeout(PATIENCE)
            .build();
    private final String url;

    /**
     * One at a URL such as {@code http://localhost:8080}.
     *
     * @throws UserException if it is none
     */
    public Zeppelin(String url) {
        if (!url.matches("https?://[^\\s/]+(/\\S*)?")) {
            throw new UserException("Expected a URL such as http://localhost:8080, got '" + url + "'");
        }
        this.url = url.replaceFirst("/+$", "");
    }

    /** Logs in, where Zeppelin asks for it. */
    public void logIn(String user, String password) {
        String form = "userName=" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        send("POST", "login", "application/x-www-form-urlencoded", form);
    }

    JsonNode get(String path) {
        return send("GET", path, null, null);
    }

    JsonNode post(String path, Object body) {
        return send("POST", path, "application/json", json(body));
    }

    /** Posts JSON as it is. */
    JsonNode postText(String path, String json) {
        return send("POST", path, "application/json", json);
    }

    void put(String path, Object body) {
        send("PUT", path, "application/json", json(body));
    }

    void delete(String path) {
        send("DELETE", path, null, null);
    }

    /** The answer's body. */
    private JsonNode send(String method, String path, String type, String body) {
        String call = "Zeppelin at " + url + " did not take " + method + " /api/" + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/" + path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() < SUCCESS || answer.statusCode() >= BEYOND_SUCCESS) {
                throw new UserException(call + ": " + answer.statusCode() + " " + said(answer.body()));
            }
            return JSON.readTree(answer.body()).path("body");
        } catch (JsonProcessingException e) {
            throw new UserException(call + ": it answered no JSON; is it Zeppelin?", e);
        } catch (IOException e) {
            throw new UserException(call + "; is it running? " + UserException.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException(call + ": interrupted", e);
        }
    }

    private static String said(String body) {
        String message = body;
        try {
            message = JSON.readTree(body).path("message").asText(body);
        } catch (JsonProcessingException e) {
            // Then it is no JSON, and said as it is.
        }
        String line = message.strip().replaceAll("\\s+", " ");
        return line.substring(0, Math.min(line.length(), MOST_SAID));
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
