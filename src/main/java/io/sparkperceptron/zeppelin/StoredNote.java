package io.sparkperceptron.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A note as Zeppelin has it. */
final class StoredNote {

    private static final Set<String> RUNNING = Set.of("RUNNING", "PENDING");

    private final List<JsonNode> paragraphs = new ArrayList<>();
    private boolean running;

    StoredNote(JsonNode note) {
        for (JsonNode paragraph : note.path("paragraphs")) {
            paragraphs.add(paragraph);
            running |= RUNNING.contains(paragraph.path("status").asText());
        }
        // When the last paragraph is run, Zeppelin adds an empty one, or one with only the name of an interpreter.
        while (!paragraphs.isEmpty() && isEmpty(paragraphs.get(paragraphs.size() - 1))) {
            paragraphs.remove(paragraphs.size() - 1);
        }
    }

    static boolean isNote(JsonNode answer) {
        return Zeppelin.isListOf(answer.path("paragraphs"), paragraph -> Zeppelin.isId(paragraph.path("id")));
    }

    private static boolean isEmpty(JsonNode paragraph) {
        return Stamp.on(paragraph) == null
                && paragraph
                        .path("text")
                        .asText("")
                        .replaceFirst("^%[\\w.]+", "")
                        .isBlank();
    }

    List<JsonNode> paragraphs() {
        return paragraphs;
    }

    boolean isRunning() {
        return running;
    }

    /** The id of a paragraph in the shipped file. */
    static String origin(JsonNode paragraph) {
        Stamp stamp = Stamp.on(paragraph);
        return stamp == null ? paragraph.path("id").asText() : stamp.paragraph();
    }

    /** How somebody has edited the note since its import: the rest of a sentence that begins with the note's name. */
    Optional<String> edit(ShippedNote shipped) {
        if (texts(paragraphs).equals(texts(shipped.paragraphs()))) {
            return Optional.empty();
        }
        if (paragraphs.stream().allMatch(paragraph -> Stamp.on(paragraph) == null)) {
            return Optional.of("has no mark of the imported version");
        }
        for (int place = 0; place < paragraphs.size(); place++) {
            Stamp stamp = Stamp.on(paragraphs.get(place));
            if (stamp == null || stamp.place() != place || stamp.count() != paragraphs.size()) {
                return Optional.of("has had paragraphs added, moved or removed since it was imported");
            }
            if (!stamp.text().equals(Stamp.textDigest(paragraphs.get(place)))) {
                return Optional.of("has been edited since it was imported, in paragraph " + (place + 1));
            }
        }
        return Optional.empty();
    }

    private static List<String> texts(List<? extends JsonNode> paragraphs) {
        return paragraphs.stream().map(Stamp::textDigest).toList();
    }
}
