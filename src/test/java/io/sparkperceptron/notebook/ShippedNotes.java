package io.sparkperceptron.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The notes of {@code notebooks-zeppelin/}. */
final class ShippedNotes {

    private ShippedNotes() {}

    static List<Path> files() {
        try (Stream<Path> files = Files.list(Path.of("notebooks-zeppelin"))) {
            return files.filter(file -> file.toString().endsWith(".zpln"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode paragraphs(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile()).path("paragraphs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
