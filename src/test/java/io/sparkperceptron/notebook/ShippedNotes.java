package io.sparkperceptron.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** Places in a walk that goes from every place to every other one just once. */
    static List<Integer> everyOrderOfTwo(int places) {
        List<Integer> walk = new ArrayList<>(List.of(0));
        for (int one = 0; one < places; one++) {
            // Ends where it began: one, two, one, three, one ...
            for (int other = one + 1; other < places; other++) {
                walk.add(other);
                walk.add(one);
            }
            if (one + 1 < places) {
                walk.add(one + 1);
            }
        }
        return walk;
    }
}
