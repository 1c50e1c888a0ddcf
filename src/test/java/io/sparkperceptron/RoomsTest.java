package io.sparkperceptron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@code package-info.java} of each package is the one place that says what it imports. */
class RoomsTest {

    private static final Path ROOT = Path.of("src/main/java/io/sparkperceptron");
    private static final Pattern SENTENCE = Pattern.compile("\\bImports [^.;]*");
    private static final Pattern ROOM = Pattern.compile("\\{@code (\\w+)}");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?io\\.sparkperceptron\\.([a-z]+)\\.");

    static Stream<Path> rooms() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void packageInfoListsTheRoomsThatAreImported(Path room) throws IOException {
        Set<String> imported = new TreeSet<>();
        try (Stream<Path> files = Files.list(room)) {
            for (Path file : files.toList()) {
                imported.addAll(found(IMPORT, Files.readString(file)));
            }
        }
        imported.remove(room.getFileName().toString());
        String info = Files.readString(room.resolve("package-info.java")).replaceAll("\\s+\\* ", " ");
        String sentence =
                SENTENCE.matcher(info).results().map(MatchResult::group).collect(Collectors.joining());
        assertEquals(imported, found(ROOM, sentence), "imports of " + room);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void readmeHasEveryRoom(Path room) throws IOException {
        String row = "| `" + room.getFileName() + "` |";
        assertTrue(Files.readString(Path.of("README.md")).contains(row), "expected in the README: " + row);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
