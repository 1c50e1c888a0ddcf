package io.sparkperceptron.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A note as this project has it, every paragraph stamped. */
public final class ShippedNote {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode note;
    private final List<ObjectNode> paragraphs = new ArrayList<>();

    private ShippedNote(JsonNode note) {
        this.note = note;
        JsonNode all = note.path("paragraphs");
        for (JsonNode paragraph : all) {
            paragraphs.add((ObjectNode) paragraph);
        }
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
            JsonNode note = JSON.readTree(Files.readAllBytes(file));
            if (note.path("name").asText().isEmpty() || note.path("paragraphs").isEmpty()) {
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
