package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Data, results and models on S3. */
@Tag("thorough")
class S3TrainingTest extends CommandTest {

    private static final String WEIGHTS = "models/logistic-0.5/weights.npy";

    @Test
    void trainsFromS3ToS3WithTheSameBits() throws Exception {
        assertEquals(0, train("--epochs", "5"), () -> errors);
        try (S3Server server = new S3Server()) {
            server.settings().forEach((name, value) -> System.setProperty("spark.hadoop." + name, value));
            Folder images = Folder.at(S3Server.BUCKET + "images", server.configuration());
            try (var files = Files.list(data)) {
                for (Path file : files.toList()) {
                    images.write(file.getFileName().toString(), out -> Files.copy(file, out));
                }
            }
            String results = S3Server.BUCKET + "results";
            String[] training = {"train", "--data", images.uri(), "--output", results, "--checkpoint-every", "2"};
            assertEquals(0, run(with(training, "--epochs", "5")), () -> errors);
            Folder folder = Folder.at(results, server.configuration());
            assertArrayEquals(Files.readAllBytes(output.resolve(WEIGHTS)), folder.read(WEIGHTS, 1 << 20));
            assertFalse(folder.holds(".lock"));

            assertEquals(1, run(with(training, "--epochs", "5")));
            assertSentence("Expected a new folder for the results, but " + results + " exists");
            assertEquals(0, run(with(training, "--epochs", "7", "--resume")), () -> errors);
            assertEquals(0, run("evaluate", "--model", results, "--data", images.uri()), () -> errors);
            assertTrue(printed.contains("precision"), printed);
        } finally {
            System.getProperties().keySet().removeIf(name -> name.toString().startsWith("spark.hadoop.fs.s3a."));
        }
    }
}
