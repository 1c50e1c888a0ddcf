package io.sparkperceptron.notebook;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each paragraph must keep to, because all notes of a user run in one shell, in one process. */
class NotebookCellsTest {

    private static final Pattern USED = Pattern.compile("note\\.(?:from|after|progress)\\(\"([^\"]+)\"");
    private static final Pattern FIELD = Pattern.compile("Field\\.\\w+\\(\"([^\"]+)\", z\\.textbox\\(\"([^\"]+)\"");

    private static final Pattern VIEW = Pattern.compile("TempView\\(\"([^\"]+)\"\\)");

    /** What Scala throws then names no field. */
    private static final Pattern NUMBER_ELSEWHERE =
            Pattern.compile("z\\.textbox\\([^\n]*\\)\\.toString(\\.\\w+)*\\.to(Int|Long|Double|Float)\\b");

    @SuppressWarnings("unused")
    static List<Path> notes() {
        return ShippedNotes.files();
    }

    @Test
    void afterEachNoteTheSettingsOfEveryOtherAreTaken() throws IOException {
        List<Path> notes = notes();
        assertEquals(6, notes.size());
        for (Path first : notes) {
            for (Path second : notes) {
                InterpreterSettings process = new InterpreterSettings();
                process.run(settings(first));
                process.launch();
                assertDoesNotThrow(() -> process.run(settings(second)), first + ", then " + second);
                assertThrows(IOException.class, () -> process.run(settings(second) + "\nspark.ui.enabled false"));
            }
        }
    }

    private static String settings(Path file) {
        List<String> found = texts(file, "%spark.conf\n");
        assertEquals(1, found.size(), file.toString());
        return found.get(0);
    }

    private static List<String> texts(Path file, String start) {
        List<String> texts = new ArrayList<>();
        for (JsonNode paragraph : ShippedNotes.paragraphs(file)) {
            if (paragraph.path("text").asText().startsWith(start)) {
                texts.add(paragraph.path("text").asText());
            }
        }
        return texts;
    }

    /** Such a cell leaves no name in the shell, and the shell echoes nothing. */
    @ParameterizedTest
    @MethodSource("notes")
    void eachCellIsOneCallWithItsOwnTitle(Path file) {
        String name = file.getFileName().toString().replaceFirst("_.*", "");
        Set<String> titles = new HashSet<>();
        for (JsonNode paragraph : ShippedNotes.paragraphs(file)) {
            String text = paragraph.path("text").asText();
            String title = paragraph.path("title").asText();
            if (text.startsWith("%md\n") || text.startsWith("%spark.conf\n")) {
                continue;
            }
            String call =
                    "%spark\nio.sparkperceptron.notes.Note.paragraph(\"" + name + "\", \"" + title + "\", note => {\n";
            assertTrue(text.startsWith(call), text);
            assertTrue(text.endsWith("\n})"), text);
            List<String> within =
                    text.substring(call.length(), text.length() - 3).lines().toList();
            assertTrue(within.stream().allMatch(line -> line.isEmpty() || line.startsWith("  ")), text);
            Matcher used = USED.matcher(text);
            while (used.find()) {
                assertTrue(titles.contains(used.group(1)), used.group() + " is not above, in " + text);
            }
            assertTrue(titles.add(title), "two paragraphs have the title " + title);
            assertEquals(12, paragraph.path("config").path("colWidth").asInt(), title);
            assertTrue(paragraph.path("config").path("title").asBoolean(), title);
        }
        assertTrue(titles.size() > 10, file.toString());
    }

    /** A view of the same name would replace the one that another note shows. */
    @Test
    void noTwoNotesMakeAViewOfTheSameName() {
        Map<String, Path> makers = new HashMap<>();
        for (Path file : notes()) {
            for (String text : texts(file, "%spark\n")) {
                Matcher view = VIEW.matcher(text);
                while (view.find()) {
                    Path other = makers.put(view.group(1), file);
                    assertTrue(other == null || other.equals(file), view.group(1));
                }
            }
        }
        assertFalse(makers.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("notes")
    void anErrorNamesTheFieldAsItIsShown(Path file) {
        for (String text : texts(file, "%spark\n")) {
            Matcher field = FIELD.matcher(text);
            while (field.find()) {
                assertEquals(field.group(2), field.group(1), text);
            }
            assertFalse(NUMBER_ELSEWHERE.matcher(text).find(), text);
        }
    }

    /** The classic interface lays its buttons over a first line of text that is no heading. */
    @ParameterizedTest
    @MethodSource("notes")
    void eachTextBeginsWithAHeading(Path file) {
        texts(file, "%md").forEach(text -> assertTrue(text.matches("(?s)%md\n#{1,3} [^\n]{1,80}\n.*"), text));
    }
}
