package io.sparkperceptron.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zeppelin.interpreter.InterpreterOutput;
import org.apache.zeppelin.notebook.Note;
import org.apache.zeppelin.notebook.Paragraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every note of {@code notebooks-zeppelin/}, read by Zeppelin's own class and run from top to bottom in Spark's Scala shell, on a tenth of MNIST. */
@Tag("thorough")
class NotebooksIT {

    private static final int USUAL_LIMIT = 102_400;
    private static final Pattern LIMIT = Pattern.compile("zeppelin\\.interpreter\\.output\\.limit (\\d+)");
    /** What Scala throws for a value that a note refuses, and what this project does. */
    private static final String REQUIRED = "IllegalArgumentException";

    private static final String TOLD = "UserException";
    private static final int MOST_ROWS = 1000;
    private static final int TRAIN = 6000;
    private static final int TEST = 1000;
    private static final Pattern FORM = Pattern.compile("\\$\\{\\w+=([^,}]*)[^}]*}");
    private static final Pattern MESSAGE = Pattern.compile("^%(text|table|html|img)\\b ?", Pattern.MULTILINE);

    @TempDir
    static Path temporary;

    /** By note and title: what a paragraph printed. */
    private static final Map<String, String> PRINTED = new HashMap<>();

    private static Path data;
    private static double lastTestError;
    private static int epochs;

    @BeforeAll
    static void runAllNotes() throws IOException {
        // The shell starts one of its own, which knows where the shell's classes are.
        SparkTest.stopSpark();
        data = MnistSubset.write(temporary.resolve("data"), TRAIN, TEST);
        List<Path> notes;
        try (var files = Files.list(Path.of("notebooks-zeppelin"))) {
            notes = files.filter(file -> file.toString().endsWith(".zpln"))
                    .sorted()
                    .toList();
        }
        assertEquals(5, notes.size());
        for (Path file : notes) {
            Path classes = Files.createDirectory(temporary.resolve("classes" + PRINTED.size()));
            try (NoteRepl repl = NoteRepl.start(classes)) {
                run(note(file), repl);
            }
        }
    }

    private static Note note(Path file) throws IOException {
        String json = Files.readString(file);
        Path output = temporary.resolve("output");
        String filled = json.replace("SPARK_PERCEPTRON_JAR", "spark-perceptron.jar")
                .replace("SPARK_PERCEPTRON_DATA", data.toString())
                .replace("SPARK_PERCEPTRON_OUTPUT", output.toString());
        assertFalse(json.contains(Path.of("").toAbsolutePath().toString()), "a path of this machine");
        Note note = Note.fromJson(file.getFileName().toString(), filled);
        assertTrue(file.getFileName().toString().startsWith(note.getName() + "_"), note.getName());
        return note;
    }

    private static void run(Note note, NoteRepl repl) {
        InterpreterOutput.LIMIT = USUAL_LIMIT;
        for (Paragraph paragraph : note.getParagraphs()) {
            String where = note.getName() + ": " + paragraph.getTitle();
            String text = paragraph.getText().strip();
            String code = text.substring(text.indexOf('\n') + 1);
            String printed;
            if (text.startsWith("%spark.conf\n")) {
                Matcher limit = LIMIT.matcher(code);
                if (limit.find()) {
                    InterpreterOutput.LIMIT = Integer.parseInt(limit.group(1));
                }
                continue;
            } else if (text.startsWith("%md\n")) {
                continue;
            } else if (text.startsWith("%spark.sql\n")) {
                printed = repl.show(FORM.matcher(code).replaceAll(form -> Matcher.quoteReplacement(form.group(1))));
            } else {
                assertTrue(text.startsWith("%spark\n"), where);
                printed = repl.run(code);
                if (MESSAGE.matcher(printed).find()) {
                    assertEquals("", repl.echo(), () -> where + ": what the shell says would get into it");
                }
            }
            assertEquals(true, paragraph.getConfig().get("title"), where);
            assertTrue(printed.getBytes(StandardCharsets.UTF_8).length <= InterpreterOutput.LIMIT, where);
            check(where, paragraph, messages(printed));
            PRINTED.put(where, printed);
        }
        switch (note.getName().substring(0, 2)) {
            case "2-" -> {
                epochs = Integer.parseInt(repl.run("println(epochs)").strip());
                lastTestError =
                        Double.parseDouble(repl.run("println(lastTestError)").strip());
                // What a stop has left is a checkpoint; here it is that before the last epoch.
                repl.give("earlier results", "resume");
                String resumed = repl.run(code(note, "Train"));
                assertTrue(resumed.startsWith("epoch " + epochs + "/" + epochs + "  "), resumed);
                saysWhatIsWrong(note, "Train", "epochs", "0", REQUIRED, "expected at least 1 epoch, got 0", repl);
                assertNothingToGoOnWith("training", repl);
                saysWhatIsWrong(note, "Load MNIST", "MNIST folder", "/nowhere", TOLD, "/nowhere", repl);
                assertNothingToGoOnWith("data", repl);
                saysWhatIsWrong(note, "Train", "epochs", "2", TOLD, "Nothing to go on with", repl);
                assertNothingToGoOnWith("training", repl);
            }
            case "3-" -> {
                repl.give("folds of the training rows (0: none)", "2");
                repl.give("rates", "1, 0.5");
                repl.give("epochs", "3");
                repl.give("results folder", temporary + "/folds");
                for (String title : List.of("Load MNIST", "Train all runs in one pass", "Curves for SQL")) {
                    repl.run(code(note, title));
                }
                String folds = repl.run(code(note, "What the folds say"));
                assertEquals(1 + 4, folds.lines().count(), folds);
                assertTrue(folds.lines().anyMatch(row -> row.split("\t", -1)[3].matches("[123]")), folds);
                assertEquals(
                        "[8,4]",
                        NoteRepl.spark
                                .sql("select count(*), count(distinct run) from sweep_metrics where epoch > 1")
                                .first()
                                .toString());
                saysWhatIsWrong(
                        note, "Train all runs in one pass", "rates", "fast", "NumberFormatException", "fast", repl);
                assertNothingToGoOnWith("sweep", repl);
                saysWhatIsWrong(note, "Load MNIST", "MNIST folder", "/nowhere", TOLD, "/nowhere", repl);
                assertNothingToGoOnWith("data", repl);
            }
            case "4-" -> {
                saysWhatIsWrong(note, "Open the results", "results folder", "/nowhere", TOLD, "No file", repl);
                assertNothingToGoOnWith("trained", repl);
            }
            case "5-" -> {
                saysWhatIsWrong(note, "Digits as a data frame", "MNIST folder", "/nowhere", TOLD, "/nowhere", repl);
                assertNothingToGoOnWith("digits", repl);
            }
            default -> assertTrue(note.getName().startsWith("1-"), note.getName());
        }
    }

    private static String code(Note note, String title) {
        return note.getParagraphs().stream()
                .filter(paragraph -> title.equals(paragraph.getTitle()))
                .map(paragraph ->
                        paragraph.getText().substring(paragraph.getText().indexOf('\n') + 1))
                .findFirst()
                .orElseThrow();
    }

    /** A cell with something else in one of its boxes; Zeppelin shows what the shell says. */
    private static void saysWhatIsWrong(
            Note note, String title, String box, String value, String exception, String sentence, NoteRepl repl) {
        repl.give(box, value);
        String said = repl.fail(code(note, title));
        assertTrue(said.contains(sentence) && said.contains(exception + ": "), said);
    }

    private static void assertNothingToGoOnWith(String name, NoteRepl repl) {
        String said = repl.fail("println(" + name + ")");
        assertTrue(said.contains("UserException: Nothing to go on with: the paragraph '"), said);
    }

    /** The messages that an output is made of, each begun by a line such as {@code %table}. */
    private static List<String> messages(String printed) {
        List<String> messages = new ArrayList<>();
        Matcher matcher = MESSAGE.matcher(printed);
        int start = 0;
        while (matcher.find()) {
            if (!printed.substring(start, matcher.start()).isBlank()) {
                messages.add(printed.substring(start, matcher.start()));
            }
            start = matcher.start();
        }
        messages.add(printed.substring(start));
        return messages;
    }

    /** Tables are small, and have the columns that their charts name, where they name them. */
    private static void check(String where, Paragraph paragraph, List<String> messages) {
        for (String message : messages) {
            if (message.startsWith("%table")) {
                assertTrue(message.lines().count() <= MOST_ROWS + 1, where);
            }
        }
        Map<?, ?> results = (Map<?, ?>) paragraph.getConfig().getOrDefault("results", Map.of());
        results.forEach((index, result) -> {
            Map<?, ?> graph = (Map<?, ?>) ((Map<?, ?>) result).get("graph");
            if (graph == null) {
                return;
            }
            String table = messages.get(Integer.parseInt(index.toString()));
            assertTrue(table.startsWith("%table "), where);
            List<String> header = Arrays.asList(
                    table.lines().findFirst().orElseThrow().substring(7).split("\t", -1));
            assertTrue(table.lines().count() > 1, where + " is empty");
            int named = 0;
            for (String kind : List.of("keys", "groups", "values")) {
                for (Object column : (List<?>) graph.get(kind)) {
                    String name = (String) ((Map<?, ?>) column).get("name");
                    int at = ((Number) ((Map<?, ?>) column).get("index")).intValue();
                    assertEquals(at, header.indexOf(name), where + ": " + name + " of " + header);
                    named++;
                }
            }
            assertTrue(graph.get("mode").equals("table") || named >= 2, where);
        });
    }

    @Test
    void theMathematicsComesOutRight() {
        double difference = Double.parseDouble(lastCell("1-sigmoid-and-losses: σ′ = σ (1 − σ), checked"));
        assertTrue(difference < 1e-9, "sigma' is off by " + difference);
        String inflection = PRINTED.get("1-sigmoid-and-losses: The inflection, found by halving");
        Matcher found = Pattern.compile("at z = (-?[\\d.]+),").matcher(inflection);
        assertTrue(found.find(), inflection);
        assertEquals(-Math.log(2), Double.parseDouble(found.group(1)), 1e-12);
        String[] convex = lastRow("1-sigmoid-and-losses: The least second difference");
        assertTrue(Double.parseDouble(convex[0]) >= 0 && Double.parseDouble(convex[1]) < 0, String.join(" ", convex));
    }

    @Test
    void trainingInANoteEndsWithTheBitsOfTheCommandLine() throws IOException {
        Path output = temporary.resolve("command-line");
        command("train", "--output", output.toString(), "--epochs", Integer.toString(epochs));
        List<String> rows = Files.readAllLines(output.resolve("metrics.csv"));
        assertEquals(rows.get(rows.size() - 1).split(",", -1)[7], Double.toString(lastTestError));
    }

    @Test
    void theStabilityBoundIsThatOfTheCommandLine() {
        Matcher eigenvalue =
                Pattern.compile("largest eigenvalue of X'X/n +([\\d.]+)").matcher(command("stability"));
        assertTrue(eigenvalue.find());
        assertEquals(
                String.format(Locale.ROOT, "%.4f", Double.parseDouble(eigenvalue.group(1))),
                lastRow("3-learning-rate-sweep: The stability bound")[1]);
    }

    private static String command(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--data", data.toString()));
        arguments.addAll(List.of(options));
        StringWriter printed = new StringWriter();
        StringWriter errors = new StringWriter();
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        int code = Main.run(
                new PrintWriter(printed, true), new PrintWriter(errors, true), arguments.toArray(String[]::new));
        System.clearProperty("spark.master");
        System.clearProperty("spark.ui.enabled");
        assertEquals(0, code, errors::toString);
        return printed.toString();
    }

    @Test
    void theSweepIsEighteenRunsAndItsMistakesAreAllThere() throws IOException {
        String verdicts = PRINTED.get("3-learning-rate-sweep: Verdicts");
        assertEquals(1 + 18, verdicts.lines().count());
        assertTrue(verdicts.contains("mse-10\t-\tsaturated"), verdicts);
        assertTrue(verdicts.contains("logistic-10\t-\toscillating"), verdicts);
        assertTrue(PRINTED.get("3-learning-rate-sweep: The page").contains("<iframe "), "no page");
        assertTrue(PRINTED.get("5-data-frames-and-pipelines: Save and load")
                .strip()
                .endsWith("true"));
        String confusion = PRINTED.get("4-weights-and-mistakes: Confusion");
        long images = confusion
                .lines()
                .skip(1)
                .flatMap(row -> Arrays.stream(row.split("\t", -1)).skip(1))
                .mapToLong(Long::parseLong)
                .sum();
        assertEquals(TEST, images);
        assertEquals("7840", lastRow("4-weights-and-mistakes: The peak in numbers")[0]);
        assertEquals("" + 10 * MnistSubset.neverInked(data), lastRow("4-weights-and-mistakes: The peak in numbers")[1]);
        assertTrue(PRINTED.get("4-weights-and-mistakes: All classes").startsWith("%img iVBOR"));
    }

    private static String[] lastRow(String where) {
        List<String> lines = PRINTED.get(where).lines().toList();
        return lines.get(lines.size() - 1).split("\t", -1);
    }

    private static String lastCell(String where) {
        String[] row = lastRow(where);
        return row[row.length - 1];
    }
}
