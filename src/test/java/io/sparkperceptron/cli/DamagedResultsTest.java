package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** What a training has left, under generated damage before a report is made of it. */
@Timeout(300)
class DamagedResultsTest extends CommandTest {

    @Test
    void aReportIsMadeOrRefusedInOneSentence(TestReporter reporter) throws IOException {
        assertEquals(0, train("--epochs", "6", "--loss", "logistic,mse", "--learning-rate", "1"), () -> errors);
        List<Path> files = List.of(
                output.resolve("run.json"),
                output.resolve("metrics.csv"),
                output.resolve("analysis.json"),
                output.resolve("film/epoch-000002.npy"),
                output.resolve("images/examples.png"),
                output.resolve("models/mse-1/model.json"),
                output.resolve("models/mse-1/weights.npy"));
        byte[] summary = Files.readAllBytes(output.resolve("summary.csv"));
        DamagedInput.forEach(500, reporter, random -> {
            Path file = files.get(random.nextInt(files.size()));
            byte[] bytes = Files.readAllBytes(file);
            try {
                Files.write(file, DamagedInput.damage(bytes, random));
                if (run("report", output.toString()) != 0) {
                    assertSentence("");
                    throw new UserException(errors.strip());
                }
                assertTrue(Files.size(output.resolve("report.html")) > 100_000);
            } finally {
                Files.write(file, bytes);
            }
        });
        assertEquals(0, run("report", output.toString()), () -> errors);
        assertEquals(-1, Files.mismatch(output.resolve("summary.csv"), Files.write(temporary.resolve("s"), summary)));
    }
}
