package io.sparkperceptron.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A note as this project has it, every paragraph stamped. */
public final class ShippedNote {

    private final JsonNode note;
    private final List<ObjectNode> paragraphs = new ArrayList<>();

    private ShippedNote(JsonNode note) {
        this.note = note;
        note.path("paragraphs").forEach(paragraph -> paragraphs.add((ObjectNode) paragraph));
        for (int place = 0; place < paragraphs.size(); place++) {
            ObjectNode paragraph = paragraphs.get(place);
            Stamp.of(paragraph, place, paragraphs.size()).putInto(paragraph.withObject("/config"));
        }
    }

    /**
     * Reads one of {@code notebooks-zeppelin/}, its paths filled in.
     *
     * @throws UserException if it is none
     */
    public static ShippedNote read(Path file) {
        try {
            JsonNode note = JsonFile.parse(Files.readAllBytes(file), JsonNode.class, "a note", file.toString());
            JsonNode paragraphs = note.path("paragraphs");
            if (note.path("name").asText().isEmpty() || paragraphs.isEmpty() || !areAllParagraphs(paragraphs)) {
                throw new UserException("Expected a note with a name and paragraphs in " + file);
            }
            return new ShippedNote(note);
        } catch (IOException e) {
            throw new UserException("Cannot read the note " + file + ": " + UserException.reason(e), e);
        }
    }

    private static boolean areAllParagraphs(JsonNode paragraphs) {
        return Zeppelin.isListOf(
                paragraphs,
                paragraph -> paragraph.isObject() && paragraph.path("config").isObject());
    }

    String name() {
        return note.path("name").asText();
    }

    List<ObjectNode> paragraphs() {
        return paragraphs;
    }

    String json() {
        return note.toString();
    }
}
