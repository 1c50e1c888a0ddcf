package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sentences that a training prints, and those of the commands that analyse data or results. */
class AnalysisCommandsTest extends CommandTest {

    @Test
    void aTrainingLeavesASummaryAndAReportThatCanBeMadeAgainFromItsFilesAlone() throws IOException {
        assertEquals(
                0, train("--epochs", "40", "--loss", "logistic,mse", "--learning-rate", "0.01,1,1e300"), () -> errors);
        List<Map<String, String>> summary = summary();
        assertEquals("diverged", summary.get(2).get("verdict"));
        assertEquals("1", summary.get(2).get("verdict_epoch"));
        assertEquals("test", summary.get(0).get("chosen_by"));
        assertEquals("steady", summary.get(1).get("verdict"));
        assertTrue(Integer.parseInt(summary.get(1).get("settled_epoch")) <= 32);
        assertEquals("1.0", summary.get(1).get("p_against_best"));
        assertTrue(printed.contains("  diverged"), printed);
        List<String> firstTable =
                printed.lines().filter(line -> !line.startsWith("Results")).toList();
        byte[] page = Files.readAllBytes(output.resolve("report.html"));
        byte[] table = Files.readAllBytes(output.resolve("summary.csv"));
        assertEquals(
                List.of(
                        "epoch-000001.npy",
                        "epoch-000002.npy",
                        "epoch-000005.npy",
                        "epoch-000010.npy",
                        "epoch-000020.npy"),
                names("film"));
        Files.delete(output.resolve("report.html"));
        Files.delete(output.resolve("summary.csv"));
        assertEquals(0, run("report", output.toString()), () -> errors);
        assertArrayEquals(table, Files.readAllBytes(output.resolve("summary.csv")));
        assertEquals(
                firstTable,
                printed.lines().filter(line -> !line.startsWith("The report")).toList());
        assertEquals(withoutTimes(page), withoutTimes(Files.readAllBytes(output.resolve("report.html"))));
    }

    @Test
    @Tag("thorough")
    void aReportOfWhatIsNoFinishedTrainingIsRefused() throws IOException {
        assertEquals(1, run("report", temporary.resolve("nowhere").toString()));
        assertSentence("No file file:" + temporary.resolve("nowhere/run.json"));
        assertEquals(0, train("--epochs", "3"), () -> errors);
        Path models = output.resolve("models/logistic-0.5/weights.npy");
        byte[] weights = Files.readAllBytes(models);
        Files.write(models, new byte[100]);
        assertEquals(1, run("report", output.toString()));
        assertSentence("Expected a NumPy file of version 1.0 in file:" + models);
        Files.write(models, weights);
        Files.writeString(output.resolve("analysis.json"), "{}");
        assertEquals(1, run("report", output.toString()));
        assertSentence("analysis.json");
        assertEquals(2, run("report"));
        assertSentence("Missing required parameter: 'OUTPUT'");
    }

    @Test
    @Tag("thorough")
    void rowsHeldOutAreNotTrainedOnAndRunsAreChosenByThem() throws IOException {
        assertEquals(0, train("--epochs", "5", "--validation", "300"), () -> errors);
        assertTrue(Files.readString(output.resolve("run.json")).contains("\"rows\" : 900"));
        assertEquals("validation", summary().get(0).get("chosen_by"));
        List<String> rows = Files.readAllLines(output.resolve("metrics.csv"));
        double error = Double.parseDouble(rows.get(6).split(",", -1)[14]);
        assertEquals(Math.rint(300 * error), 300 * error, 1e-9);
        assertEquals(Double.toString(error), summary().get(0).get("validation_error"));
        String first = String.join("\n", rows);
        assertEquals(0, train("--epochs", "5", "--validation", "300", "--validation-seed", "2", "--overwrite"));
        assertFalse(first.equals(String.join("\n", Files.readAllLines(output.resolve("metrics.csv")))));
        assertFailure(
                1,
                "Expected to hold out at least 0 and fewer than all 1200 training rows, got 1200; choose another number with --validation",
                "--validation",
                "1200",
                "--overwrite");
        assertFailure(2, "for option '--validation': expected a whole number of at least 0", "--validation", "-1");
        assertFailure(
                1,
                "expected its rows of the training set, 900, found 1000",
                "--epochs",
                "5",
                "--validation",
                "200",
                "--resume");
    }

    @Test
    @Tag("thorough")
    void runsStopAtTheirTargetOrOutOfPatience() throws IOException {
        assertEquals(0, train("--epochs", "60", "--target-error", "10%"), () -> errors);
        assertEquals("target", summary().get(0).get("ending"));
        assertTrue(Double.parseDouble(summary().get(0).get("test_error")) <= 0.1);
        assertTrue(printed.contains(", at its target"), printed);
        String[] patient = {"--epochs", "60", "--learning-rate", "1e-12", "--patience", "4", "--overwrite"};
        assertEquals(0, train(patient), () -> errors);
        assertEquals("patience", summary().get(0).get("ending"));
        int last = Integer.parseInt(summary().get(0).get("last_epoch"));
        assertEquals(last - 4, Integer.parseInt(summary().get(0).get("best_epoch")));
        assertTrue(printed.contains(", out of patience"), printed);
        patient[5] = "5";
        patient[6] = "--resume";
        assertFailure(1, "expected its patience, 4, found 5; give the same --patience, or", patient);
        assertFailure(2, "expected a fraction from 0 to 1, or per cent such as 10%, got '2'", "--target-error", "2");
        assertFailure(2, "expected a patience of at least 0 epochs, got -1", "--patience", "-1");
    }

    @Test
    @Tag("thorough")
    void stabilityNamesRatesThatNeverRaiseTheCost() throws IOException {
        assertEquals(0, run("stability", "--data", data.toString()), () -> errors);
        String row = printed.lines()
                .filter(line -> line.startsWith("logistic"))
                .findFirst()
                .orElseThrow();
        String rate = row.substring(row.lastIndexOf(' ') + 1);
        assertEquals(0, train("--epochs", "30", "--learning-rate", rate), () -> errors);
        List<String> rows = Files.readAllLines(output.resolve("metrics.csv"));
        for (int i = 2; i < rows.size(); i++) {
            assertTrue(cost(rows.get(i)) < cost(rows.get(i - 1)), rows.get(i));
        }
        assertFalse(printed.contains("With momentum"), printed);
        assertEquals(
                0, run("stability", "--data", data.toString(), "--momentum", "0,0.9", "--l2", "0,0.5"), () -> errors);
        assertEquals(4, printed.lines().filter(line -> line.startsWith("mse")).count(), printed);
        assertTrue(printed.contains("guaranteed rate (2 (1 + momentum)/L)"), printed);
        assertTrue(printed.contains("single steps may raise it"), printed);
        assertTrue(printed.contains("this holds for cost plus penalty"), printed);
        String plain = printed.lines().findFirst().orElseThrow();
        assertFalse(printed.contains("class's weight"), printed);
        String fours = IntStream.range(0, CLASSES).mapToObj(c -> c + ":4").collect(Collectors.joining(","));
        assertEquals(0, run("stability", "--data", data.toString(), "--class-weight", fours), () -> errors);
        assertTrue(printed.contains("X has every example times the square root of its class's weight."), printed);
        String weighted = printed.lines().findFirst().orElseThrow();
        assertEquals(
                4 * Double.parseDouble(plain.substring(plain.lastIndexOf(' '))),
                Double.parseDouble(weighted.substring(weighted.lastIndexOf(' '))),
                1e-6);
        assertEquals(2, run("stability", "--data", data.toString(), "--momentum", "1"));
        assertSentence("expected a number of at least 0 and below 1, got '1'");
        assertEquals(1, run("stability", "--data", temporary.resolve("nowhere").toString()));
        assertSentence("nowhere");
    }

    @Test
    void aBoundIsRoundedToItsSafeSide() {
        assertEquals("0.205062", printed(0.2050629, RoundingMode.FLOOR));
        assertEquals("0.205063", printed(0.2050621, RoundingMode.CEILING));
        assertEquals("2.00000", printed(2, RoundingMode.CEILING));
        assertEquals("1.23456e+09", printed(1234567890, RoundingMode.FLOOR));
        assertEquals("Infinity", printed(Double.POSITIVE_INFINITY, RoundingMode.FLOOR));
    }

    private static String printed(double number, RoundingMode side) {
        return StabilityCommand.rounded(number, side);
    }

    @Test
    @Tag("thorough")
    @Tag("vector")
    void gradientsAreChecked() {
        for (String kernel : List.of("vector", "scalar")) {
            assertEquals(
                    0,
                    run("check-gradient", "--data", data.toString(), "--entries", "7", "--kernel", kernel),
                    () -> errors);
            assertTrue(printed.matches("(?s).*logistic +80 .*mse +80 .*"), printed);
        }
        assertEquals(
                0, run("check-gradient", "--data", data.toString(), "--entries", "7", "--l2", "0.5"), () -> errors);
        assertEquals(2, run("check-gradient", "--data", data.toString(), "--l2", "-1"));
        assertSentence("expected a finite penalty of at least 0 (--l2), got -1.0");
        assertEquals(2, run("check-gradient", "--data", data.toString(), "--entries", "-1"));
        assertSentence("expected at least 0 entries (--entries), got -1");
    }

    private static double cost(String row) {
        return Double.parseDouble(row.split(",", -1)[4]);
    }

    private static String withoutTimes(byte[] page) {
        return new String(page, StandardCharsets.UTF_8).replaceFirst("\"finished\":[^,]*", "");
    }

    private List<Map<String, String>> summary() throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(output.resolve("summary.csv"));
        String[] names = lines.get(0).split(",", -1);
        for (String line : lines.subList(1, lines.size())) {
            Map<String, String> row = new HashMap<>();
            String[] cells = line.split(",", -1);
            assertEquals(names.length, cells.length, line);
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
