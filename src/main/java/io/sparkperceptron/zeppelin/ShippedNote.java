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

/** A note as this project ships it, with a {@link Stamp} on every paragraph. */
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
     * Reads a note of {@code notebooks-zeppelin/} whose paths are filled in. Throws UserException if the file cannot be
     * read, or is no note.
     */
    public static ShippedNote read(Path file) {
        try {
            JsonNode note = JsonFile.parse(Files.readAllBytes(file), JsonNode.class, "a note", file.toString());
            JsonNode paragraphs = note.path("paragraphs");
            if (note.path("name").asText().isEmpty()
                    || paragraphs.isEmpty()
                    || !Zeppelin.isListOf(paragraphs, one -> one.path("config").isObject())) {
                throw new UserException("Expected a note with a name and paragraphs in " + file);
            }
            return new ShippedNote(note);
        } catch (IOException e) {
            throw new UserException("Cannot read the note " + file + ": " + UserException.reason(e), e);
        }
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
