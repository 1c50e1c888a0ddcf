package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares the files of trainings. */
final class Results {

    /** The columns of metrics.csv before the times; the last is the digest of the weights. */
    private static final int COLUMNS = 9;

    private Results() {}

    /** Compares the bits of models, film, metrics and analysis, without times. */
    static void assertSame(Path expected, Path found) throws IOException {
        assertEquals(metrics(expected), metrics(found));
        List<Path> files = new ArrayList<>(List.of(Path.of("summary.csv"), Path.of("analysis.json")));
        try (var models = Files.list(expected.resolve("models"))) {
            models.forEach(model -> files.add(expected.relativize(model).resolve("weights.npy")));
        }
        try (var film = Files.list(expected.resolve("film"))) {
            film.forEach(frame -> files.add(expected.relativize(frame)));
        }
        for (Path file : files) {
            assertEquals(-1, Files.mismatch(expected.resolve(file), found.resolve(file)), file::toString);
        }
    }

    private static List<String> metrics(Path output) throws IOException {
        return Files.readAllLines(output.resolve("metrics.csv")).stream()
                .map(row -> row.split(",", -1))
                .map(cells -> String.join(",", Arrays.copyOf(cells, COLUMNS)) + "," + cells[cells.length - 1])
                .toList();
    }
}
