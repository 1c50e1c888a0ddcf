package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Commands with arguments as typed, on a few small images. Each command starts its own Spark. */
@Tag("spark")
abstract class CommandTest {

    static final int CLASSES = 6;

    @TempDir
    Path temporary;

    Path data;
    Path output;
    String printed;
    String errors;

    @BeforeAll
    static void aSmallSpark() {
        SparkTest.stopSpark();
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
    }

    @AfterAll
    static void noMore() {
        System.clearProperty("spark.master");
        System.clearProperty("spark.ui.enabled");
    }

    @BeforeEach
    void writeData() {
        data = TestImages.writeFolder(temporary.resolve("data"), 1200, 600, CLASSES, 8);
        output = temporary.resolve("out");
    }

    static String[] with(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    int train(String... options) {
        List<String> arguments = new ArrayList<>(List.of("train", "--data", data.toString()));
        arguments.addAll(List.of("--output", output.toString()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(new String[0]));
    }

    int run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        printed = out.toString();
        errors = err.toString();
        return code;
    }

    void assertFailure(int code, String sentence, String... options) {
        boolean existed = Files.exists(output);
        assertEquals(code, train(options), () -> errors);
        assertSentence(sentence);
        boolean diverged = errors.contains("diverged");
        assertEquals(existed || diverged, Files.exists(output), "whether there is output");
    }

    void assertSentence(String sentence) {
        assertTrue(errors.startsWith("error: ") && errors.contains(sentence), errors);
        assertFalse(errors.contains("\tat "), errors);
        assertTrue(errors.lines().count() <= 2, errors);
    }

    void write(String name, byte[] bytes) {
        TestImages.write(data.resolve(name), bytes);
    }

    List<String> names(String folder) throws IOException {
        try (var files = Files.list(output.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
