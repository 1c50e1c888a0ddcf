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
        // Zeppelin puts an empty one, at most with the name of an interpreter, behind the last when that is run.
        while (!paragraphs.isEmpty() && isEmpty(paragraphs.get(paragraphs.size() - 1))) {
            paragraphs.remove(paragraphs.size() - 1);
        }
    }

    /** Whether an answer is a note. */
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

    /** Without empty ones at the end. */
    List<JsonNode> paragraphs() {
        return paragraphs;
    }

    boolean isRunning() {
        return running;
    }

    /** The id that a paragraph has in the file that it came from. */
    static String origin(JsonNode paragraph) {
        Stamp stamp = Stamp.on(paragraph);
        return stamp == null ? paragraph.path("id").asText() : stamp.paragraph();
    }

    /** What somebody has done to it since it was imported, if anything: the rest of a sentence that begins with its name. */
    Optional<String> edit(ShippedNote shipped) {
        if (hasTextsOf(shipped)) {
            return Optional.empty();
        }
        if (paragraphs.stream().allMatch(paragraph -> Stamp.on(paragraph) == null)) {
            return Optional.of("has no mark of what it was imported as");
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

    private boolean hasTextsOf(ShippedNote shipped) {
        return paragraphs.stream()
                .map(Stamp::textDigest)
                .toList()
                .equals(shipped.paragraphs().stream().map(Stamp::textDigest).toList());
    }
}
