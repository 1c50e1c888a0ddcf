package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers, as processes, that are killed or stopped. */
class ResumeIT {

    private static final long SEED = 20261124;
    private static final int MOST_EPOCHS_TO_A_KILL = 20;

    @TempDir
    Path temporary;

    private Path data;
    private Path whole;
    private Path broken;

    @BeforeEach
    void writeData() {
        data = TestImages.writeFolder(temporary.resolve("data"), 3000, 1000, 9, 9);
        whole = temporary.resolve("whole");
        broken = temporary.resolve("broken");
    }

    @Test
    void aKilledDriverGoesOnWithTheSameBits() throws Exception {
        killAndGoOn(1, 40, "logistic", "0.5", "0", "scalar");
    }

    /** Two of three kills hit the training after some epochs; the others hit a random moment. */
    @Test
    @Tag("thorough")
    void killedAtRandomMomentsAndResumedItEndsWithTheSameBits() throws Exception {
        killAndGoOn(6, 120, "mse,logistic", "0.5,1e300", "2", "vector");
    }

    /** Trains by both optimizers, with folds and momentum. Some of the runs may diverge on the way. */
    private void killAndGoOn(int kills, int planned, String losses, String rates, String folds, String kernel)
            throws Exception {
        List<String> options = List.of(
                "--epochs",
                "" + planned,
                "--loss",
                losses,
                "--optimizer",
                "descent,lbfgs",
                "--learning-rate",
                rates,
                "--momentum",
                "0.9",
                "--folds",
                folds,
                "--checkpoint-every",
                "3");
        assertEquals(0, start(whole, options).finish().exitCode());
        List<String> resuming = new ArrayList<>(options);
        resuming.addAll(List.of("--kernel", kernel, "--resume"));
        Random random = new Random(SEED);
        int resumed = 0;
        for (int kill = 0; kill < kills; kill++) {
            ScriptRun.Running training = start(broken, resuming);
            if (kill % 3 == 2) {
                Thread.sleep(random.nextInt(4000));
            } else {
                int epochs = 1 + random.nextInt(MOST_EPOCHS_TO_A_KILL);
                training.await(() -> epochsTold(training, planned) >= epochs);
                Thread.sleep(random.nextInt(100));
            }
            training.process().destroyForcibly();
            ScriptRun killed = training.finish();
            assertTrue(killed.exitCode() == 137 || killed.exitCode() == 0, killed::errors);
            resumed += killed.errors().contains("Going on with epoch ") ? 1 : 0;
        }
        ScriptRun last = start(broken, resuming).finish();
        assertEquals(0, last.exitCode(), last::errors);
        assertTrue(last.errors().contains("Going on with epoch "), last::errors);
        assertTrue(resumed >= kills / 2, "with seed " + SEED + " only " + resumed + " went on");
        Results.assertSame(whole, broken);
        for (String folder : List.of("images/logistic-0.5", "curves")) {
            assertEquals(names(whole.resolve(folder)), names(broken.resolve(folder)));
        }
    }

    @ParameterizedTest
    @Tag("thorough")
    @CsvSource({"INT,130", "TERM,143", "HUP,129"})
    void aSignalEndsTheEpochWritesACheckpointAndSaysHowToGoOn(String signal, int exitCode) throws Exception {
        // The process that started this test may ignore signals, and child processes inherit that.
        ScriptRun.Running training = ScriptRun.start(
                temporary,
                Map.of(),
                "/usr/bin/env",
                "--default-signal",
                ScriptRun.SCRIPTS.resolve("train.sh").toString(),
                "--data",
                data.toString(),
                "--output",
                broken.toString(),
                "--epochs",
                "1000");
        training.awaitEpoch(broken, 1);
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, "" + training.process().pid())
                        .start()
                        .waitFor());
        ScriptRun stopped = training.finish();
        assertEquals(exitCode, stopped.exitCode(), stopped::errors);
        String sentence = "give the same options with --output file:" + broken + " --resume";
        assertTrue(stopped.printed().contains(sentence), stopped::printed);
        assertEquals(1, names(broken.resolve("checkpoints")).size());
        assertFalse(Files.exists(broken.resolve(".lock")));
        List<String> rows = Files.readAllLines(broken.resolve("metrics.csv"));
        int lastEpoch = rows.size() - 2;
        assertTrue(stopped.printed().startsWith("Stopped before epoch " + (lastEpoch + 1) + ";"), stopped::printed);
    }

    @Test
    @Tag("thorough")
    void aSecondTrainingIntoTheSameFolderIsRefused() throws Exception {
        ScriptRun.Running training = start(broken, List.of("--epochs", "100000"));
        training.awaitEpoch(broken, 1);
        for (String option : List.of("--resume", "--overwrite")) {
            ScriptRun second =
                    start(broken, List.of("--epochs", "100000", option)).finish();
            assertEquals(1, second.exitCode(), second::errors);
            String sentence = "error: Expected nobody else to write to file:" + broken + ", found that somebody does"
                    + " (process " + training.process().pid();
            assertTrue(second.errors().contains(sentence), second::errors);
        }
        training.process().destroy();
        assertEquals(143, training.finish().exitCode());
    }

    private static int epochsTold(ScriptRun.Running training, int planned) throws IOException {
        return Files.readString(training.err()).split("/" + planned + "  ", -1).length - 1;
    }

    private ScriptRun.Running start(Path output, List<String> options) throws IOException {
        List<String> words = new ArrayList<>(List.of("--data", data.toString(), "--output", output.toString()));
        words.addAll(options);
        Map<String, String> environment = options.contains("scalar") ? ScriptRun.QUICK_COMPILER : Map.of();
        return ScriptRun.start(temporary, environment, "train.sh", words.toArray(String[]::new));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
