package io.sparkperceptron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.model.Hyperparameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionNamesTest {

    /** An option in a text, except options of Java itself. */
    private static final Pattern OPTION = Pattern.compile("\"[^\"\\n]*(--(?!add-modules)[a-z][a-z-]+)");

    private static final Pattern DECLARED = Pattern.compile("\"(--[a-z][a-z0-9-]+)\"");

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

    @Test
    void areAllOnThePageOfOptions() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/options.md"));
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/sparkperceptron/cli"))) {
            List<String> names = Stream.concat(
                            files.flatMap(file -> found(DECLARED, file)),
                            Hyperparameter.ALL.stream().map(one -> "--" + one.dashed()))
                    .distinct()
                    .toList();
            assertTrue(names.size() > 50, names.toString());
            assertEquals(
                    List.of(),
                    names.stream()
                            .filter(name -> !Pattern.compile("`" + name + "[ `=]")
                                    .matcher(page)
                                    .find())
                            .toList());
        }
    }

    private static Stream<String> options(Path file) {
        return found(OPTION, file).map(option -> file.getFileName() + ": " + option);
    }

    private static Stream<String> found(Pattern pattern, Path file) {
        try {
            return pattern.matcher(Files.readString(file)).results().map(option -> option.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
