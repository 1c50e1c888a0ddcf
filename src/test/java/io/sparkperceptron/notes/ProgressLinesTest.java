package io.sparkperceptron.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

    private static final Run RUN = new Run(Loss.LOGISTIC, 0.5);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private long now;

    @Test
    void printsEveryEpochOfASecond() {
        assertEquals(
                List.of(
                        "epoch 0/3  logistic-0.5  train error 25.00 %  test error 25.00 %  30 s left",
                        "epoch 1/3  logistic-0.5  train error 25.00 %  test error 25.00 %  20 s left",
                        "epoch 2/3  logistic-0.5  train error 25.00 %  test error 25.00 %  10 s left",
                        "epoch 3/3  logistic-0.5  train error 25.00 %  test error 25.00 %  trained in 40 s"),
                lines(0, 3, 10_000));
    }

    @Test
    void printsQuickEpochsOnceASecond() {
        List<String> lines = lines(0, 2000, 50);
        assertEquals(101, lines.size(), 1);
        assertTrue(lines.get(1).matches("epoch 20/2000  .*  2 min left"), lines.get(1));
    }

    @Test
    void printsFewEnoughLinesForZeppelinInHours() {
        List<String> lines = lines(0, 20_000, 500);
        assertTrue(lines.stream().mapToInt(line -> line.length() + 1).sum() < 102_400, lines.size() + " lines");
        assertTrue(lines(0, 2000, 500).size() > 2000 * 0.5 / 6);
    }

    @Test
    void estimatesTheTimeLeftFromTheResumedEpoch() {
        assertTrue(lines(90, 100, 1000).get(4).endsWith("  6 s left"), printed::toString);
    }

    private List<String> lines(int from, int epochs, long millis) {
        printed.reset();
        ProgressLines lines =
                new ProgressLines(new PrintStream(printed, true, StandardCharsets.UTF_8), epochs, () -> now);
        TrainingState start =
                TrainingState.start(new TrainingPlan(List.of(RUN), epochs, Start.ZEROS, StopRules.NONE), 1, 2);
        for (int epoch = from; epoch <= epochs; epoch++) {
            lines.epochStarted(
                    new TrainingState(epoch, start.runs(), start.weights(), start.kept(), start.best(), List.of()));
            now += millis * 1_000_000;
            lines.epochFinished(epoch, List.of(metrics(epoch)));
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static EpochMetrics metrics(int epoch) {
        return new MadeUpMetrics(epoch, RUN).sets(1, 0.25).metrics();
    }
}
