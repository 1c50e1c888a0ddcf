package io.sparkperceptron.report;

import io.sparkperceptron.UserException;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code report.html}: the template with its style, its scripts, uPlot and the data put in, so that it needs no other file. Its security
 * policy names the hashes of these styles and scripts; a browser runs no others.
 */
final class Page {

    private static final String PLACE = "/io/sparkperceptron/report/";
    private static final String MAIN = "main.js";
    private static final Pattern MARKER = Pattern.compile("\\{\\{(\\w+)}}");

    private final String text;

    private Page(String text) {
        this.text = text;
    }

    static Page of(PageData data) {
        return new Page(text(data));
    }

    void write(Folder folder) {
        folder.write(Layout.PAGE, text);
    }

    private static String text(PageData data) {
        PageContent content = data.content();
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        String uplotStyle = resource(uplot + "uPlot.min.css");
        String uplotScript = resource(uplot + "uPlot.iife.min.js");
        String style = resource(PLACE + "page.css");
        String script = PageScripts.join(MAIN, name -> resource(PLACE + name));
        Map<String, String> parts = Map.of(
                "UPLOT_STYLE",
                uplotStyle,
                "STYLE",
                style,
                "UPLOT_SCRIPT",
                uplotScript,
                "SCRIPT",
                script,
                "STYLE_HASHES",
                hash(uplotStyle) + " " + hash(style),
                "SCRIPT_HASHES",
                hash(uplotScript) + " " + hash(script),
                "DATA",
                JsonFile.compact(content).replace("<", "\\u003c"),
                "TITLE",
                escaped(content.title()));
        return MARKER.matcher(resource(PLACE + "page.html"))
                .replaceAll(marker -> Matcher.quoteReplacement(parts.get(marker.group(1))));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** As a Content-Security-Policy names a text. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Maven puts it there, so that the version stands in one place. */
    private static String uplotVersion() {
        Properties build = new Properties();
        try {
            build.load(new StringReader(resource(PLACE + "build.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("uplot");
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserException("Cannot read " + name + " in the jar: " + UserException.reason(e), e);
        }
    }
}
