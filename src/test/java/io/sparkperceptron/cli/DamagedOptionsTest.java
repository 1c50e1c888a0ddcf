package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Argument files and records under generated damage. */
@Timeout(300)
class DamagedOptionsTest {

    @TempDir
    Path temporary;

    @Test
    void argumentFiles(TestReporter reporter) throws IOException {
        Path file = temporary.resolve("my.args");
        byte[] words =
                ("# mine\n--loss logistic,mse\n--learning-rate 0.5,1\n--epochs 3 --init 'zeros'\n--scaling pixel\n"
                                + "--output \"" + temporary.resolve("out") + "\"\n--data nowhere\n")
                        .getBytes(StandardCharsets.UTF_8);
        DamagedInput.forEach(1000, reporter, random -> {
            Files.write(file, DamagedInput.damage(words, random));
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int code = Main.run(
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    "train",
                    "@" + file,
                    "--data",
                    temporary.resolve("nowhere").toString(),
                    "--train-images",
                    temporary.resolve("nowhere").toString());
            boolean helped = code == 0 && !out.toString().isBlank();
            assertTrue(helped || code == 1 || code == 2, err.toString());
            assertFalse(Files.exists(temporary.resolve("out")));
            if (!helped) {
                String[] lines = err.toString().split("\n", -1);
                assertTrue(lines[0].startsWith("error: ") && lines.length <= 3, err.toString());
                throw new UserException(lines[0]);
            }
        });
    }

    @Test
    void records(TestReporter reporter) throws IOException {
        Folder folder = Folder.at(temporary.toString(), new Configuration());
        byte[] json =
                ("{\"started\" : \"2026-11-24\", \"options\" : {\"runs\" : [\"mse-1\", \"mse-2\"], \"tolerance\" : 0.0,"
                                + "\"startSigma\" : 0.1, \"seed\" : 7, \"scaling\" : \"pixel\"}, \"data\" : {\"features\" : 784,"
                                + "\"classes\" : 10, \"training\" : {\"rows\" : 60000, \"fingerprint\" : \"abc\"},"
                                + "\"test\" : {\"rows\" : 10000, \"fingerprint\" : \"def\"}}}")
                        .getBytes(StandardCharsets.UTF_8);
        Files.write(temporary.resolve(RunRecord.NAME), json);
        Map<String, String> whole = RunRecord.identity(folder);
        assertEquals("mse-1, mse-2", whole.values().iterator().next());
        DamagedInput.forEach(500, reporter, random -> {
            Files.write(temporary.resolve(RunRecord.NAME), DamagedInput.damage(json, random));
            Map<String, String> found = RunRecord.identity(folder);
            assertEquals(whole.keySet(), found.keySet());
        });
    }
}
