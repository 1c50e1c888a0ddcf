package io.sparkperceptron.submit;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.bidi.BiDi;
import org.openqa.selenium.bidi.Command;
import org.openqa.selenium.bidi.Connection;
import org.openqa.selenium.bidi.Event;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpClient;

/** A headless Firefox with a page, driven by WebDriver BiDi, which needs no separate driver. */
final class Firefox implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("WebDriver BiDi listening on ws://127.0.0.1:(\\d+)");

    /** A user's settings. */
    enum Preferences {
        LIGHT("user_pref('layout.css.prefers-color-scheme.content-override', 1);\n"),
        DARK("user_pref('layout.css.prefers-color-scheme.content-override', 0);\n"),
        FORCED_COLOURS("user_pref('browser.display.document_color_use', 2);\n");

        private final String lines;

        Preferences(String lines) {
            this.lines = lines.replace('\'', '"');
        }
    }

    private final Process process;
    private final HttpClient client;
    private final BiDi biDi;
    private final String context;
    private final List<String> logged = new CopyOnWriteArrayList<>();

    private Firefox(Process process, int port) {
        this.process = process;
        String address = "127.0.0.1:" + port;
        client = HttpClient.Factory.createDefault()
                .createClient(ClientConfig.defaultConfig().baseUri(URI.create("http://" + address)));
        biDi = new BiDi(new Connection(client, "ws://" + address + "/session"));
        ask("session.new", Map.of("capabilities", Map.of()));
        context = text(((List<?>) ask("browsingContext.getTree", Map.of()).get("contexts")).get(0), "context");
        biDi.addListener(new Event<>("log.entryAdded", entry -> entry), entry -> logged.add(entry.toString()));
    }

    static boolean isThere() {
        return binary().isPresent();
    }

    /** @param profile an empty folder */
    static Firefox open(Path page, Path profile, int width, int height, Preferences preferences) throws IOException {
        Files.writeString(profile.resolve("user.js"), preferences.lines);
        Process process = new ProcessBuilder(
                        binary().orElseThrow().toString(),
                        "--headless",
                        "--no-remote",
                        "--profile",
                        profile.toString(),
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        Firefox firefox = new Firefox(process, port(process));
        firefox.ask(
                "browsingContext.setViewport",
                Map.of("context", firefox.context, "viewport", Map.of("width", width, "height", height)));
        firefox.ask(
                "browsingContext.navigate",
                Map.of("context", firefox.context, "url", page.toUri().toString(), "wait", "complete"));
        firefox.run("new Promise(done => { const look = () => document.documentElement.dataset.complete === 'true'"
                + " ? done() : setTimeout(look, 20); look(); })");
        return firefox;
    }

    private static int port(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread rest = new Thread(() -> lines.lines().forEach(other -> {}), "what firefox says");
                rest.setDaemon(true);
                rest.start();
                return Integer.parseInt(matcher.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("Firefox did not say where it listens: " + said);
    }

    /** Evaluates an expression, awaits a promise, and returns the value: text, number, list or map. */
    Object run(String expression) {
        Map<?, ?> answer = ask(
                "script.evaluate",
                Map.of(
                        "expression",
                        "(async () => JSON.stringify(await (" + expression + ")) ?? 'null')()",
                        "target",
                        Map.of("context", context),
                        "awaitPromise",
                        true));
        if (!"success".equals(answer.get("type"))) {
            throw new IllegalStateException(expression + ": " + answer);
        }
        return new Json().toType(text(answer.get("result"), "value"), Object.class);
    }

    /** Moves a pressed pointer through points of the viewport. */
    void drag(List<int[]> places) {
        List<Map<String, Object>> actions = new ArrayList<>();
        for (int[] place : places) {
            actions.add(Map.of("type", "pointerMove", "x", place[0], "y", place[1], "duration", 20));
        }
        actions.add(1, Map.of("type", "pointerDown", "button", 0));
        actions.add(Map.of("type", "pointerUp", "button", 0));
        ask(
                "input.performActions",
                Map.of(
                        "context",
                        context,
                        "actions",
                        List.of(Map.of("type", "pointer", "id", "mouse", "actions", actions))));
    }

    /** The violations that axe-core finds. */
    @SuppressWarnings("unchecked")
    List<String> barriers() throws IOException {
        run("(() => {" + Axe.script() + "})()");
        return (List<String>) run(Axe.BARRIERS);
    }

    /** The console messages of the page. */
    List<String> complaints() {
        return List.copyOf(logged);
    }

    private Map<String, Object> ask(String method, Map<String, Object> parameters) {
        return biDi.send(new Command<>(method, parameters, Map.class));
    }

    private static String text(Object map, String name) {
        return (String) ((Map<?, ?>) map).get(name);
    }

    @Override
    public void close() {
        try {
            ask("browser.close", Map.of());
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
            client.close();
        }
    }

    private static Optional<Path> binary() {
        return Stream.of("firefox-esr", "firefox")
                .flatMap(name -> Browser.onPath(name).stream())
                .findFirst();
    }
}
