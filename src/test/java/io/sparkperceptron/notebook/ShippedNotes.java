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

    /** Places in a walk that goes from every place to every other one just once: 0 1 0 2 0 3 1 2 1 3 2 3 0. */
    static List<Integer> everyOrderOfTwo(int places) {
        List<Integer> walk = new ArrayList<>();
        for (int one = 0; one < places; one++) {
            for (int other = one + 1; other < places; other++) {
                walk.add(one);
                walk.add(other);
            }
        }
        walk.add(0);
        return walk;
    }
}
