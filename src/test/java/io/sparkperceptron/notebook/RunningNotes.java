package io.sparkperceptron.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.zeppelin.interpreter.InterpreterContext;
import org.apache.zeppelin.interpreter.InterpreterOutput;
import org.apache.zeppelin.notebook.Note;
import org.apache.zeppelin.notebook.Paragraph;
import org.apache.zeppelin.user.AuthenticationInfo;

/** All notes in one shell of one process, as Zeppelin runs those of a user. */
final class RunningNotes implements AutoCloseable {

    private static final String LIMIT = "zeppelin.interpreter.output.limit ";

    /** What Scala's shell puts before every message. */
    private static final String FAILURE = "io.sparkperceptron.notes.NoteFailure: ";

    private final NoteRepl repl;
    private final InterpreterSettings process = new InterpreterSettings();
    private final Path data;
    private final Path output;
    private String user = "anna";

    /** @param folder gets the shell's classes, and the results of the notes */
    RunningNotes(Path folder, Path data) throws IOException {
        this.data = data;
        this.output = folder.resolve("output");
        this.repl = NoteRepl.start(Files.createDirectories(folder.resolve("classes")));
    }

    NoteRepl repl() {
        return repl;
    }

    /** The folder of one kind of results of a user. */
    Path results(String whose, String kind) {
        return output.resolve(whose).resolve(kind);
    }

    void logIn(String name) {
        user = name;
    }

    /** Reads the note with this number, with its paths filled in. */
    Note note(int number) throws IOException {
        Path file = ShippedNotes.files().get(number - 1);
        String json = Files.readString(file);
        assertFalse(json.contains(Path.of("").toAbsolutePath().toString()), "a path of this machine");
        Note note = Note.fromJson(
                file.getFileName().toString(),
                json.replace("SPARK_PERCEPTRON_JAR", "spark-perceptron.jar")
                        .replace("SPARK_PERCEPTRON_DATA", data.toString())
                        .replace("SPARK_PERCEPTRON_OUTPUT", output.toString()));
        assertTrue(file.getFileName().toString().startsWith(number + "-"), file.toString());
        return note;
    }

    /** Runs a note from the top, and returns what its paragraphs print, by title. */
    Map<String, String> run(Note note) throws IOException {
        Map<String, String> printed = new LinkedHashMap<>();
        for (Paragraph paragraph : note.getParagraphs()) {
            String text = paragraph.getText();
            if (text.startsWith("%spark.conf\n")) {
                process.run(text);
                InterpreterOutput.LIMIT = Integer.parseInt(text.lines()
                        .filter(line -> line.startsWith(LIMIT))
                        .findFirst()
                        .orElseThrow()
                        .substring(LIMIT.length()));
            } else if (!text.startsWith("%md\n")) {
                process.launch();
                printed.put(paragraph.getTitle(), runOne(note, paragraph.getTitle()));
            }
        }
        return printed;
    }

    /** Runs paragraphs, which must succeed, and returns what the last one prints. */
    String run(Note note, String... titles) {
        String printed = "";
        for (String title : titles) {
            printed = runOne(note, title);
        }
        return printed;
    }

    private String runOne(Note note, String title) {
        inZeppelin(note);
        String printed = repl.run(code(note, title));
        assertEquals("", repl.echo(), () -> title + ": what the shell says would be seen");
        assertFalse(printed.contains("%table"), title + ": Zeppelin would make it 1,300 pixels wide");
        assertTrue(printed.getBytes(StandardCharsets.UTF_8).length <= InterpreterOutput.LIMIT, title);
        return printed;
    }

    /** Runs one paragraph, which must fail, and returns what is shown: one sentence. */
    String fail(Note note, String title) {
        inZeppelin(note);
        String said = repl.fail(code(note, title)).strip();
        int start = said.indexOf(FAILURE);
        assertTrue(start >= 0, said);
        String sentence = said.substring(start + FAILURE.length());
        assertEquals(1, sentence.lines().count(), said);
        return sentence;
    }

    /** Sets what Zeppelin knows of the paragraph that runs, on this thread. */
    private void inZeppelin(Note note) {
        InterpreterContext.set(InterpreterContext.builder()
                .setNoteId(note.getId())
                .setAuthenticationInfo(new AuthenticationInfo(user))
                .build());
    }

    private static String code(Note note, String title) {
        String text = paragraph(note, title).getText();
        assertTrue(text.startsWith("%spark\n"), text);
        return text.substring(text.indexOf('\n') + 1);
    }

    private static Paragraph paragraph(Note note, String title) {
        return note.getParagraphs().stream()
                .filter(paragraph -> title.equals(paragraph.getTitle()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        InterpreterContext.remove();
        repl.close();
    }
}
