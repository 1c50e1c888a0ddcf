package io.sparkperceptron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionNamesTest {

    /** In a text; options of Java itself are none of ours. */
    private static final Pattern OPTION = Pattern.compile("\"[^\"\\n]*(--(?!add-modules)[a-z][a-z-]+)");

    @Test
    void stayInTheRoomOfTheCommandLine() throws IOException {
        Path rooms = Path.of("src/main/java/io/sparkperceptron");
        try (Stream<Path> files = Files.walk(rooms)) {
            List<String> found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(rooms.resolve("cli")))
                    .flatMap(OptionNamesTest::options)
                    .toList();
            assertEquals(List.of(), found);
        }
    }

    private static Stream<String> options(Path file) {
        try {
            Matcher matcher = OPTION.matcher(Files.readString(file));
            return matcher.results().map(option -> file.getFileName() + ": " + option.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
