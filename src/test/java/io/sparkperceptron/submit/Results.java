package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What trainings leave, compared. */
final class Results {

    /** The columns of metrics.csv before the times. */
    private static final int COLUMNS = 9;

    private Results() {}

    /** Models and metrics are the same bits; times are not looked at. */
    static void assertSame(Path expected, Path found) throws IOException {
        assertEquals(metrics(expected), metrics(found));
        List<Path> models;
        try (var folders = Files.list(expected.resolve("models"))) {
            models = folders.map(folder -> folder.resolve("weights.npy")).toList();
        }
        for (Path model : models) {
            Path other = found.resolve(expected.relativize(model));
            assertEquals(-1, Files.mismatch(model, other), other::toString);
        }
    }

    private static List<String> metrics(Path output) throws IOException {
        return Files.readAllLines(output.resolve("metrics.csv")).stream()
                .map(row -> String.join(",", Arrays.copyOf(row.split(",", -1), COLUMNS)))
                .toList();
    }
}
