package io.sparkperceptron.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.JsonFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.commons.lang3.StringUtils;

/**
 * The part of the REST API of Zeppelin 0.12 that notes need. Every failed call throws a {@link UserException} with
 * Zeppelin's message.
 */
public final class Zeppelin {

    private static final String JSON = "application/json";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_SAID = 300;
    /** A note with all its results takes a few MB. */
    private static final int MOST_BYTES = 1 << 26;

    private static final int MOST_PORT = 65535;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .connectTimeout(PATIENCE)
            .build();
    private final String url;
    private final Duration patience;

    /** The Zeppelin at a URL such as {@code http://localhost:8080}. Throws UserException if the URL is invalid. */
    public Zeppelin(String url) {
        this(url, PATIENCE);
    }

    /** @param patience how long an answer may take to begin, and again to end */
    Zeppelin(String url, Duration patience) {
        if (!isUsable(url)) {
            throw new UserException("Expected a URL such as http://localhost:8080, got '" + url + "'");
        }
        this.url = url.replaceFirst("/+$", "");
        this.patience = patience;
    }

    private static boolean isUsable(String url) {
        try {
            URI address = new URI(url);
            if (address.getRawUserInfo() != null) {
                throw new UserException("Expected a URL without user and password, got '" + url
                        + "'; ZEPPELIN_USER and ZEPPELIN_PASSWORD log in");
            }
            return url.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")
                    && address.getHost() != null
                    && address.getPort() <= MOST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    public void logIn(String user, String password) {
        String form = "userName=" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        send("POST", "login", "application/x-www-form-urlencoded", form, any -> true);
    }

    /** Returns the body of an answer, which has to pass {@code expected}. */
    JsonNode get(String path, Predicate<JsonNode> expected) {
        return send("GET", path, null, null, expected);
    }

    /** Posts JSON, and returns the id of the note or paragraph that Zeppelin has made. */
    String postForId(String path, String json) {
        return send("POST", path, JSON, json, Zeppelin::isId).asText();
    }

    /** Whether this is a valid id of a note or paragraph: ids go into URLs. */
    static boolean isId(JsonNode id) {
        return id.isTextual() && id.asText().matches("[A-Za-z0-9_.:-]+");
    }

    static boolean isListOf(JsonNode list, Predicate<JsonNode> expected) {
        return list.isArray() && StreamSupport.stream(list.spliterator(), false).allMatch(expected);
    }

    JsonNode post(String path, Object body) {
        return send("POST", path, JSON, JsonFile.compact(body), any -> true);
    }

    void put(String path, Object body) {
        send("PUT", path, JSON, JsonFile.compact(body), any -> true);
    }

    void delete(String path) {
        send("DELETE", path, null, null, any -> true);
    }

    private JsonNode send(String method, String path, String type, String body, Predicate<JsonNode> expected) {
        String call = "Zeppelin at " + url + " did not take " + method + " /api/" + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/" + path))
                .timeout(patience)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            byte[] content = content(answer.body(), call);
            if (answer.statusCode() / 100 != 2) {
                throw new UserException(call + ": " + answer.statusCode() + " " + said(content));
            }
            JsonNode found = json(content, call);
            require(found.path("status").asText().equals("OK"), found, call);
            require(expected.test(found.path("body")), found.path("body"), call);
            return found.path("body");
        } catch (IOException e) {
            throw new UserException(call + "; is it running? " + UserException.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException(call + ": interrupted", e);
        }
    }

    private static void require(boolean asZeppelin, JsonNode found, String call) {
        if (!asZeppelin) {
            throw new UserException(call + ": it answered something else than Zeppelin does, "
                    + shortened(found.isMissingNode() ? "nothing" : found.toString()));
        }
    }

    /** Reads the rest of an answer, to which the timeout of the request no longer applies. */
    private byte[] content(InputStream body, String call) throws IOException, InterruptedException {
        FutureTask<byte[]> reading = new FutureTask<>(() -> body.readNBytes(MOST_BYTES + 1));
        Thread reader = new Thread(reading, "answer");
        reader.setDaemon(true);
        try (body) {
            reader.start();
            byte[] content = reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (content.length > MOST_BYTES) {
                throw new UserException(call + ": expected an answer of at most " + MOST_BYTES + " bytes, found more");
            }
            return content;
        } catch (ExecutionException e) {
            throw new UserException(call + ": its answer broke off: " + UserException.reason(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new UserException(
                    call + ": its answer did not end within " + patience.toMillis() / 1e3 + " s; is it Zeppelin?", e);
        }
    }

    private static JsonNode json(byte[] content, String call) {
        try {
            return JsonFile.parse(content, JsonNode.class, "an answer", "the body");
        } catch (UserException e) {
            throw new UserException(call + ": it answered no JSON; is it Zeppelin? " + e.getMessage(), e);
        }
    }

    private static String said(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        try {
            return shortened(json(content, "").path("message").asText(text));
        } catch (UserException e) {
            // The answer is no JSON: show it as it is.
            return shortened(text);
        }
    }

    private static String shortened(String said) {
        return StringUtils.truncate(said.strip().replaceAll("\\s+", " "), MOST_SAID);
    }
}
