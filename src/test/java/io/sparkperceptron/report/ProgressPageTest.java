package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.WritePace;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressPageTest {

    private static final Pattern PICTURE = Pattern.compile("src=\"data:image/png;base64,([^\"]+)\"");
    private static final Clock NOON = Clock.fixed(Instant.parse("2024-01-01T12:00:00Z"), ZoneOffset.UTC);
    private static final WritePace NEVER = new WritePace(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4);
    private static final List<Run> RUNS = List.of(new Run(Loss.LOGISTIC, 1), new Run(Loss.MSE, 10));

    @TempDir
    Path folder;

    private Folder output;
    private Recording recording;

    @BeforeEach
    void open() {
        output = Folder.at(folder.toString(), new Configuration());
        recording = new Recording(List.of());
    }

    @Test
    void showsTheProgressOfTheRunsAndReloads() throws IOException {
        finish(0, page(5000, NEVER));
        finish(1, page(5000, new WritePace(0, 0)));
        String text = text();
        assertTrue(text.contains("Epoch 1 of 5,000, as of 2024-01-01 12:00:00 UTC."), text);
        assertTrue(text.contains("<title>2 runs, logistic-1 to mse-10</title>"), text);
        assertTrue(text.contains("<meta http-equiv=\"refresh\" content=\"30\">"), text);
        assertTrue(
                text.contains("<tr><th scope=\"row\">logistic-1</th><td>1</td><td>0.500000</td><td>20.00 %</td>"
                        + "<td>0.250000</td><td>25.00 %</td></tr>"),
                text);
        assertTrue(text.contains("<span id=\"age\" data-written=\"2024-01-01T12:00:00Z\">"), text);
        String script = text.substring(text.indexOf("<script>") + "<script>".length(), text.indexOf("</script>"));
        assertTrue(text.contains("script-src " + PageTemplate.hash(script) + ";"), "runs the script that says its age");
        assertFalse(text.contains("{{"), text);
        List<MatchResult> pictures = PICTURE.matcher(text).results().toList();
        assertEquals(2, pictures.size());
        for (MatchResult picture : pictures) {
            assertNotNull(
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture.group(1)))));
        }
    }

    @Test
    void namesTheOptimizers() throws IOException {
        Run lbfgs = new Run(new Setting(Loss.MSE, Optimizer.LBFGS, List.of(0.0, 0.0, 0.0)), "mse-lbfgs");
        assertEquals("Training by gradient descent", kicker(RUNS));
        assertEquals("Training by L-BFGS", kicker(List.of(lbfgs)));
        assertEquals("Training by gradient descent and L-BFGS", kicker(List.of(lbfgs, RUNS.get(0))));
    }

    @Test
    void saysHowManyRunsAreNotShown() throws IOException {
        for (int others = 1; others <= 2; others++) {
            kicker(IntStream.rangeClosed(1, 40 + others)
                    .mapToObj(rate -> new Run(Loss.LOGISTIC, rate))
                    .toList());
            String sentence = others == 1 ? "1 other is not." : "2 others are not.";
            assertTrue(text().contains("Only the 40 runs with the smallest errors are shown; " + sentence), text());
        }
    }

    private String kicker(List<Run> runs) throws IOException {
        recording = new Recording(List.of());
        recording.epochFinished(0, runs.stream().map(run -> row(0, run)).toList());
        page(10, new WritePace(0, 0)).epochFinished(0, List.of());
        Matcher kicker = Pattern.compile("<p class=\"kicker\">(.*)</p>").matcher(text());
        assertTrue(kicker.find());
        return kicker.group(1);
    }

    @Test
    void aTrainingThatEndsEarlySaysSo() throws IOException {
        ProgressPage page = page(10, NEVER);
        finish(0, page);
        finish(1, page);
        assertFalse(Files.exists(folder.resolve(Layout.PAGE)), "not due yet");
        page.trainingEnded();
        assertTrue(text().contains("Ended early, after epoch 1 of 10, at 2024-01-01 12:00:00 UTC."), text());
        assertFalse(text().contains("http-equiv=\"refresh\""), text());
    }

    @Test
    void aFinishedTrainingWritesNoProgressPage() {
        ProgressPage page = page(1, NEVER);
        page.trainingEnded();
        finish(0, page);
        finish(1, page);
        page.trainingEnded();
        assertFalse(Files.exists(folder.resolve(Layout.PAGE)));
        ProgressPage left = page(10, NEVER);
        finish(0, left);
        RUNS.forEach(run -> left.runLeft(row(0, run), Ending.CONVERGED));
        left.trainingEnded();
        assertFalse(Files.exists(folder.resolve(Layout.PAGE)));
    }

    @Test
    void runsThatEndedBeforeAResumeCount() {
        ProgressPage resumed = page(10, NEVER);
        EpochMetrics last = row(3, RUNS.get(1));
        resumed.epochFinished(3, List.of(last));
        resumed.runLeft(last, Ending.PATIENCE);
        resumed.trainingEnded();
        assertFalse(Files.exists(folder.resolve(Layout.PAGE)));
    }

    private ProgressPage page(int epochs, WritePace pace) {
        return new ProgressPage(
                output, new TrainingPlan(RUNS, epochs, Start.ZEROS, StopRules.NONE), recording, NOON, pace);
    }

    private void finish(int epoch, ProgressPage page) {
        List<EpochMetrics> rows = RUNS.stream().map(run -> row(epoch, run)).toList();
        recording.epochFinished(epoch, rows);
        page.epochFinished(epoch, rows);
    }

    private String text() throws IOException {
        return Files.readString(folder.resolve(Layout.PAGE));
    }

    private static EpochMetrics row(int epoch, Run run) {
        return new MadeUpMetrics(epoch, run).train(0.5, 0.2).test(0.25, 0.25).metrics();
    }
}
