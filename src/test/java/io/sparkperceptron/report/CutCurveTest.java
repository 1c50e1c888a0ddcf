package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.analysis.Doubling;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares what is said about the first part of a curve with the rest of the curve. */
class CutCurveTest {

    private static final long ROWS = 10_000;

    @Test
    void theFirstEpochWithAnErrorDoesNotDependOnTheNumberOfEpochs() throws IOException {
        IntToDoubleFunction error = onMnist("logistic-0.5");
        PageThresholds thresholds = PageThresholds.of(List.of(run(500, error)));
        assertEquals(List.of(0.3, 0.2, 0.15, 0.12, 0.1, 0.09), thresholds.fractions());
        List<Integer> all = thresholds.reached(run(500, error));
        assertEquals(List.of(4, 5, 15, 54, 183, 409), all);
        for (int epochs = 150; epochs <= 500; epochs += 50) {
            int cut = epochs;
            assertEquals(
                    all.stream().map(first -> first <= cut ? first : null).toList(),
                    thresholds.reached(run(cut, error)));
        }
    }

    @Test
    void forecastsFromTheFirstPartOfACurveComeTrue() throws IOException {
        for (int epochs = 150; epochs <= 250; epochs += 50) {
            assertTrue(comes(epochs, onMnist("logistic-0.5")).orElseThrow(), "logistic-0.5 to " + epochs);
        }
        int forecasts = 0;
        int right = 0;
        for (String name : List.of("logistic-0.05", "logistic-0.1", "logistic-0.5", "logistic-1", "mse-0.5", "mse-1")) {
            for (int epochs = 60; epochs <= 250; epochs += 5) {
                Optional<Boolean> comes = comes(epochs, onMnist(name));
                forecasts += comes.isPresent() ? 1 : 0;
                right += comes.orElse(false) ? 1 : 0;
            }
        }
        assertTrue(forecasts > 200, forecasts + " forecasts");
        assertTrue(right >= 0.95 * forecasts, right + " of " + forecasts);
    }

    @Test
    void thereIsNoForecastIfTheErrorFallsInStepsOrRises() throws IOException {
        for (int epochs = 100; epochs <= 250; epochs += 50) {
            assertEquals(Optional.empty(), comes(epochs, onMnist("mse-2")), "mse-2 to " + epochs);
            assertEquals(Optional.empty(), comes(epochs, onMnist("mse-0.01")), "mse-0.01 to " + epochs);
        }
        assertEquals(Optional.empty(), comes(39, t -> 0.1 + 0.5 / (t + 1)), "of few epochs");
        assertEquals(Optional.empty(), comes(100, t -> 0.1), "of an error that stands still");
        assertEquals(Optional.empty(), comes(100, t -> 0.5 - 0.002 * t), "of falls that grow");
    }

    @Test
    void errorsThatArePowersOfTheEpochAreForecast() {
        for (double power : new double[] {0.2, 0.5, 1, 1.5}) {
            assertTrue(comes(200, t -> 0.08 + 0.5 * Math.pow(t + 1, -power)).orElseThrow(), "power " + power);
        }
    }

    /** Whether the next doubling of epochs lowers the error as forecast; empty without a forecast. */
    private static Optional<Boolean> comes(int epochs, IntToDoubleFunction error) {
        RunHistory run = run(epochs, error);
        Doubling doubling = new Judge(List.of(run), ROWS, false).doubling(run).orElseThrow();
        double fall = error.applyAsDouble(epochs) - error.applyAsDouble(2 * epochs);
        return doubling.next().map(next -> next.low() <= fall && fall <= next.high());
    }

    /** The errors on the test set after up to 500 epochs of the default sweep. */
    private static IntToDoubleFunction onMnist(String run) throws IOException {
        List<Double> errors = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                CutCurveTest.class.getResourceAsStream("/mnist-test-errors.csv"), StandardCharsets.UTF_8))) {
            int column = List.of(lines.readLine().split(",", -1)).indexOf(run);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                errors.add(Integer.parseInt(line.split(",", -1)[column]) / (double) ROWS);
            }
        }
        return errors::get;
    }

    private static RunHistory run(int epochs, IntToDoubleFunction error) {
        Run run = new Run(Loss.LOGISTIC, 0.5);
        List<EpochMetrics> metrics = IntStream.rangeClosed(0, epochs)
                .mapToObj(t -> new MadeUpMetrics(t, run)
                        .sets(1 + 1.0 / (t + 1), error.applyAsDouble(t))
                        .metrics())
                .toList();
        return new RunHistory(metrics, Ending.EPOCHS, 0);
    }
}
