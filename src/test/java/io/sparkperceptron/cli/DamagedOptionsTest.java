package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Argument files with generated damage. */
@Timeout(300)
@Tag("damage")
class DamagedOptionsTest {

    @TempDir
    Path temporary;

    @Test
    void damagedArgumentFilesAreRefused(TestReporter reporter) throws IOException {
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
}
