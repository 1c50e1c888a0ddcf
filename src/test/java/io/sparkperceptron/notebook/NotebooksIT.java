package io.sparkperceptron.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notes one after the other in one of Spark's Scala shells, with their defaults, on a tenth of MNIST. */
@Tag("thorough")
class NotebooksIT {

    private static final int TRAIN = 6000;
    private static final int TEST = 1000;
    private static final int EPOCHS = 40;
    private static final Pattern ROW = Pattern.compile("<tr>(.*?)</tr>");
    private static final Pattern CELL = Pattern.compile("<t[hd][^>]*>(.*?)</t[hd]>");

    @TempDir
    static Path temporary;

    /** By the number of the note and the title: what a paragraph printed. */
    private static final Map<String, String> PRINTED = new HashMap<>();

    private static Path data;

    @BeforeAll
    static void runAllNotes() throws IOException {
        // The shell starts one of its own, which knows where the shell's classes are.
        SparkTest.stopSpark();
        data = MnistSubset.write(temporary.resolve("data"), TRAIN, TEST);
        try (RunningNotes notes = new RunningNotes(temporary, data)) {
            for (int number = 1; number <= 6; number++) {
                String start = number + ": ";
                notes.run(notes.note(number)).forEach((title, printed) -> PRINTED.put(start + title, printed));
            }
        }
    }

    @Test
    void theMathematicsComesOutRight() {
        double difference =
                Double.parseDouble(lastRow("1: σ′ = σ (1 − σ), checked").get(0));
        assertTrue(difference < 1e-9, "sigma' is off by " + difference);
        String inflection = PRINTED.get("1: The inflection, found by halving");
        Matcher found = Pattern.compile("at z = (-?[\\d.]+),").matcher(inflection);
        assertTrue(found.find(), inflection);
        assertEquals(-Math.log(2), Double.parseDouble(found.group(1)), 1e-12);
        List<String> convex = lastRow("1: The least second difference");
        assertTrue(Double.parseDouble(convex.get(0)) >= 0 && Double.parseDouble(convex.get(1)) < 0, convex::toString);
    }

    @Test
    void trainingInANoteEndsWithTheBitsOfTheCommandLine() throws IOException {
        Path output = temporary.resolve("command-line");
        command("train", "--output", output.toString(), "--epochs", Integer.toString(EPOCHS));
        List<String> rows = Files.readAllLines(output.resolve("metrics.csv"));
        String said = PRINTED.get("2: The last epoch");
        String error = rows.get(rows.size() - 1).split(",", -1)[7];
        assertTrue(said.startsWith("test error of logistic-0.5 after 40 epochs: " + error + ";"), said);
    }

    @Test
    void theStabilityBoundIsThatOfTheCommandLine() {
        Matcher eigenvalue =
                Pattern.compile("largest eigenvalue of X'X/n +([\\d.]+)").matcher(command("stability"));
        assertTrue(eigenvalue.find());
        assertEquals(
                Double.parseDouble(eigenvalue.group(1)),
                Double.parseDouble(lastRow("3: The stability bound").get(1)),
                1e-4);
    }

    /** The check trains the task in one pass, and knows the right answers. */
    @Test
    void theCheckTakesTheDigestsOfNoteSixAndWaitsForAnswers() throws IOException {
        Path tasks = temporary.resolve("tasks.csv");
        Path answers = temporary.resolve("output/anna/hand-in");
        assertEquals(
                0,
                Main.run(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(new StringWriter()),
                        "assign",
                        "--class",
                        "1",
                        "--output",
                        tasks.toString()));
        Path file = answers.resolve("task-1.csv");
        String handIn = Files.readString(file);
        assertTrue(PRINTED.get("6: Hand in").contains(handIn.strip()), PRINTED.get("6: Hand in"));
        String[] check = {"--tasks", tasks.toString(), "--answers", answers.toString()};
        String said = command(1, "check", check);
        for (String question : List.of("first_epoch", "verdict", "digit")) {
            Matcher right = Pattern.compile(question + ": expected (\\S+), found no answer")
                    .matcher(said);
            assertTrue(right.find(), said);
            handIn = handIn.replace(question + ",\n", question + "," + right.group(1) + "\n");
        }
        Files.writeString(file, handIn);
        assertTrue(command(0, "check", check).endsWith("1 of 1 tasks have a right hand-in\n"));
    }

    private static String command(String command, String... options) {
        return command(0, command, options);
    }

    private static String command(int expected, String command, String... options) {
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
        assertEquals(expected, code, errors::toString);
        return printed.toString();
    }

    @Test
    void theSweepIsEighteenRunsAndItsMistakesAreAllThere() throws IOException {
        List<List<String>> verdicts = rows("3: Verdicts");
        assertEquals(1 + 18, verdicts.size());
        List<List<String>> starts =
                verdicts.stream().map(row -> row.subList(0, 3)).toList();
        assertTrue(starts.contains(List.of("mse-10", "-", "saturated")), starts::toString);
        assertTrue(starts.contains(List.of("logistic-10", "-", "oscillating")), starts::toString);
        assertTrue(PRINTED.get("3: The page").contains("<iframe "), "no page");
        assertTrue(PRINTED.get("5: Save and load").strip().endsWith("true"));
        long images = rows("4: Confusion").stream()
                .skip(1)
                .flatMap(row -> row.stream().skip(1))
                .mapToLong(Long::parseLong)
                .sum();
        assertEquals(TEST, images);
        assertEquals("7840", lastRow("4: The peak in numbers").get(0));
        assertEquals(
                "" + 10 * MnistSubset.neverInked(data),
                lastRow("4: The peak in numbers").get(1));
        assertTrue(PRINTED.get("4: All classes").startsWith("%img iVBOR"));
    }

    private static List<List<String>> rows(String where) {
        return ROW.matcher(PRINTED.get(where))
                .results()
                .map(row -> CELL.matcher(row.group(1))
                        .results()
                        .map(cell -> cell.group(1))
                        .toList())
                .toList();
    }

    private static List<String> lastRow(String where) {
        List<List<String>> rows = rows(where);
        return rows.get(rows.size() - 1);
    }
}
