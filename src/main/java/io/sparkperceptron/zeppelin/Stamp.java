package io.sparkperceptron.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Records what a paragraph was when it was imported. The paragraph's config stores it, because Zeppelin keeps that
 * through imports, edits and runs. An import drops the config of a note.
 *
 * @param paragraph the id in the shipped file; Zeppelin gives another one to an inserted paragraph
 * @param place the number of the paragraph, from 0
 * @param count the number of paragraphs
 * @param text a digest of title and text
 * @param config a digest of the config, which says how the paragraph is shown
 */
record Stamp(String paragraph, int place, int count, String text, String config) {

    private static final String FIELD = "sparkPerceptron";
    private static final Pattern FORM = Pattern.compile("(\\S+) (\\d{1,4})/(\\d{1,4}) ([0-9a-f]+) ([0-9a-f]+)");
    private static final int DIGITS = 16;

    /** Makes the stamp of a shipped paragraph. */
    static Stamp of(JsonNode paragraph, int place, int count) {
        ObjectNode config = paragraph.path("config").deepCopy();
        config.remove(FIELD);
        return new Stamp(paragraph.path("id").asText(), place, count, textDigest(paragraph), digest(config.toString()));
    }

    /** Reads the stamp of a paragraph in Zeppelin; null if there is none. */
    static Stamp on(JsonNode paragraph) {
        Matcher form = FORM.matcher(paragraph.path("config").path(FIELD).asText());
        return form.matches()
                ? new Stamp(
                        form.group(1),
                        Integer.parseInt(form.group(2)),
                        Integer.parseInt(form.group(3)),
                        form.group(4),
                        form.group(5))
                : null;
    }

    void putInto(ObjectNode config) {
        config.put(FIELD, paragraph + " " + place + "/" + count + " " + text + " " + config());
    }

    static String textDigest(JsonNode paragraph) {
        return digest(paragraph.path("title").asText("") + "\n"
                + paragraph.path("text").asText(""));
    }

    private static String digest(String text) {
        return DigestUtils.sha256Hex(text).substring(0, DIGITS);
    }
}
