package io.sparkperceptron.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a paragraph was imported as. It goes into the paragraph's config, which Zeppelin keeps through imports, edits and runs; of a note's own config an
 * import keeps nothing.
 *
 * @param paragraph the id in the file that the note came from; Zeppelin gives another one to a paragraph that is inserted
 * @param place the number of the paragraph, from 0
 * @param count of how many
 * @param text a digest of title and text
 * @param config a digest of how it is shown
 */
record Stamp(String paragraph, int place, int count, String text, String config) {

    private static final String FIELD = "sparkPerceptron";
    private static final Pattern FORM = Pattern.compile("(\\S+) (\\d{1,4})/(\\d{1,4}) ([0-9a-f]+) ([0-9a-f]+)");
    private static final int DIGITS = 16;

    /** Of a paragraph that has none yet. */
    static Stamp of(JsonNode paragraph, int place, int count) {
        ObjectNode config = paragraph.path("config").deepCopy();
        config.remove(FIELD);
        return new Stamp(paragraph.path("id").asText(), place, count, textDigest(paragraph), digest(config.toString()));
    }

    /** That of a paragraph in Zeppelin, or null. */
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
