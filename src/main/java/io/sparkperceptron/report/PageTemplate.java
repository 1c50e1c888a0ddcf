package io.sparkperceptron.report;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/** Reads and fills the templates in the jar. */
public final class PageTemplate {

    private static final String PLACE = "/io/sparkperceptron/report/";
    private static final Pattern MARKER = Pattern.compile("\\{\\{(\\w+)}}");

    private PageTemplate() {}

    /** Replaces each {@code {{NAME}}} in a resource of this package by the part of that name. */
    static String fill(String name, Map<String, String> parts) {
        return MARKER.matcher(own(name)).replaceAll(marker -> Matcher.quoteReplacement(parts.get(marker.group(1))));
    }

    /** Escapes text for use between tags and in a quoted attribute. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    static String hash(String text) {
        return "'sha256-" + Base64.getEncoder().encodeToString(DigestUtils.sha256(text)) + "'";
    }

    static String own(String name) {
        return resource(PLACE + name);
    }

    static String resource(String name) {
        try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserException("Cannot read " + name + " in the jar: " + UserException.reason(e), e);
        }
    }
}
