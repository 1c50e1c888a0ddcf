package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.results.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The results of a training, with generated damage before a report is made from them. */
@Timeout(300)
@Tag("damage")
class DamagedResultsTest {

    /** One case in this many also draws all pictures. Every case reads the data of the pictures. */
    private static final int CASES_TO_A_WHOLE_REPORT = 25;

    @TempDir
    Path output;

    @Test
    void aReportIsMadeOrRefusedInOneSentence(TestReporter reporter) throws IOException {
        Outcome whole = MadeUpResults.in(output, 3, 3, new ImageShape(4, 3));
        Report.write(whole);
        String run = whole.runs().get(0).run().name();
        List<Path> files = List.of(
                output.resolve("run.json"),
                output.resolve("metrics.csv"),
                output.resolve("analysis.json"),
                output.resolve("film/epoch-000002.npy"),
                output.resolve("images/examples.png"),
                output.resolve("images/sample.png"),
                output.resolve("models/" + run + "/model.json"),
                output.resolve("models/" + run + "/weights.npy"));
        byte[] summary = Files.readAllBytes(output.resolve("summary.csv"));
        DamagedInput.forEach(500, reporter, random -> {
            Path file = files.get(random.nextInt(files.size()));
            byte[] bytes = Files.readAllBytes(file);
            try {
                Files.write(file, DamagedInput.damage(bytes, random));
                Outcome outcome = Outcome.read(whole.folder());
                for (RunHistory history : outcome.runs()) {
                    if (!history.diverged()) {
                        outcome.model(history);
                    }
                }
                assertTrue(new PageData(outcome).content().runs().size()
                        == outcome.runs().size());
                if (random.nextInt(CASES_TO_A_WHOLE_REPORT) == 0) {
                    Report.write(outcome);
                }
            } finally {
                Files.write(file, bytes);
            }
        });
        Report.write(Outcome.read(whole.folder()));
        assertArrayEquals(summary, Files.readAllBytes(output.resolve("summary.csv")));
    }
}
