package io.sparkperceptron.ui;

import static io.sparkperceptron.ui.MadeUpTraining.epoch;
import static io.sparkperceptron.ui.MadeUpTraining.started;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkperceptron.ui.TrainingEvent.Ended;
import io.sparkperceptron.ui.TrainingEvent.Judged;
import io.sparkperceptron.ui.TrainingEvent.Left;
import io.sparkperceptron.ui.TrainingEvent.Placed;
import io.sparkperceptron.ui.TrainingEvent.Started;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class TrainingPageTest {

    private final MadeUpTraining spark = new MadeUpTraining();

    @Test
    void beforeATrainingThePageSaysSoAndReloads() {
        assertTrue(spark.page().endsWith("<p>No training has begun.</p>"));
        spark.tell(started(1, 1, 10));
        assertTrue(spark.page().contains("<p>No epoch has been measured yet.</p>"));
        assertTrue(spark.page().contains("http-equiv=\"refresh\""));
    }

    @Test
    void showsTheProgressOfARunningTraining() {
        spark.tell(started(1, 4, 500), epoch(1, 0, 4, 6.9, 0.9), epoch(1, 1, 4, 0.9, 0.12));
        String page = spark.page();
        assertHas(page, "Training 1: 4 runs, logistic-1 to mse-2");
        assertHas(page, "<li>Epoch: 1 of 500, going on");
        assertHas(page, "<li>Time left: about 10 s");
        assertHas(page, "<li>Rows a second: 3,500,000");
        assertHas(page, "An epoch takes 20.0 ms");
        assertHas(page, "kernel 10.0 ms");
        assertHas(page, "rest of the job 8.0 ms");
        assertHas(page, "driver 2.0 ms");
        assertHas(page, "Test error in %");
        assertHas(page, "<td>mse-2</td><td>1</td><td>0.9</td><td>12.00 %</td><td>12.00 %</td></tr>");
        assertHas(page, "http-equiv=\"refresh\"");
        assertLacks(page, "Resumed");
        assertLacks(page, "Verdict");
        assertLacks(page, "diverged");
        assertLacks(page, "redistributed");
        assertLacks(page, "Validation");
    }

    /** A cross-validation with an evaluator trains no model on all rows. */
    @Test
    void aTrainingOfFoldsAloneHasNoRunsToShow() {
        spark.tell(started(1, 0, 10), epoch(1, 1, 0, 1, 1), started(2, 1, 10), epoch(2, 1, 1, 1, 1));
        assertHas(spark.page(), "models without a fold");
        assertHas(spark.page("1", true), "Training 1: models without a fold");
    }

    @Test
    void afterTheEndThePageNoLongerReloads() {
        Started started = started(1, 1, 1);
        spark.tell(started, epoch(1, 0, 1, 6.9, 0.9), epoch(1, 1, 1, 0.9, 0.12));
        assertHas(spark.page(null, false), "1 of 1, and the log ends here");
        spark.tell(new Ended(1, started.time() + 12_300));
        String page = spark.page();
        assertHas(page, "1 of 1, finished after 13 s");
        assertLacks(page, "Time left");
        assertLacks(page, "refresh");
    }

    @Test
    void aTrainingThatWasStoppedEndedEarly() {
        Started started = started(1, 2, 100);
        spark.tell(started, epoch(1, 0, 2, 6.9, 0.9), new Left(1, 0, 0, "patience"));
        spark.tell(new Ended(1, started.time() + 1000));
        assertHas(spark.page(), "0 of 100, ended early after 1 s");
        spark.tell(new Left(1, 1, 0, "patience"));
        assertHas(spark.page(), "0 of 100, finished after 1 s");
    }

    @Test
    void divergenceAndRedistributionAreMarked() {
        spark.tell(started(1, 2, 100), epoch(1, 0, 2, 6.9, 0.9), epoch(1, 1, 2, 0.9, 0.1));
        spark.tell(new Placed(1, 1, false, List.of("executor_host_a_0"), List.of(4)));
        assertLacks(spark.page(), "redistributed");
        assertHas(spark.page(), "<tr><td>0</td><td>host_a</td><td>4</td></tr>");
        spark.tell(
                new Left(1, 1, 1, "diverged"),
                new Placed(1, 1, true, List.of("executor_a_0", "executor_b_1"), List.of(3, 2)),
                new Judged(1, 1, List.of("steady", "diverged"), List.of(0, 1)));
        String page = spark.page();
        spark.tell(new Placed(1, 0, true, List.of("executor_a_0"), List.of(4)));
        assertHas(spark.page(), "Before epoch 0 the blocks were redistributed to 4 partitions");
        assertLacks(spark.page(), "Infinity");
        assertHas(page, "<td>mse-1</td><td>1, diverged</td>");
        assertHas(page, "<li>mse-1 diverged at epoch 1, a cross where its curve ends</li>");
        assertHas(page, "<li>Before epoch 1 the blocks were redistributed to 5 partitions, a dotted line</li>");
        assertHas(page, "l8 8m0 -8l-8 8");
        assertHas(page, "<td>diverged since epoch 1</td>");
        assertHas(page, "<td>steady since epoch 0</td>");
        assertHas(page, "Verdicts are those of the curves up to epoch 1.");
        assertHas(page, "<tr><td>1</td><td>b</td><td>2</td></tr>");
    }

    @Test
    void anEndedRunKeepsTheNumbersOfItsLastEpoch() {
        float none = Float.NaN;
        spark.tell(started(1, 2, 100), epoch(1, 0, 2, 6.9, 0.9), new Left(1, 0, 0, "target"));
        spark.tell(new TrainingEvent.Epoch(
                1,
                1,
                new float[] {0.1f, 0.1f, 0},
                new float[] {none, 0.5f},
                new float[] {none, 0.25f},
                new float[0],
                new float[] {none, 0.5f}));
        String page = spark.page();
        assertHas(page, "<td>logistic-1</td><td>0, target</td><td>6.9</td><td>90.00 %</td><td>90.00 %</td></tr>");
        assertHas(page, "<td>mse-1</td><td>1</td><td>0.5</td><td>25.00 %</td><td>50.00 %</td>");
    }

    @Test
    void theNewestTrainingIsShownAndAnotherOnRequest() {
        spark.tell(started(1, 1, 10), epoch(1, 1, 1, 0.5, 0.5));
        assertLacks(spark.page(), "Trainings of this application");
        spark.tell(started(2, 2, 10), epoch(2, 1, 2, 0.5, 0.5));
        assertHas(spark.page(), "Training 2: 2 runs");
        assertHas(spark.page(), "<a href=\"?training=1\">logistic-1</a>");
        assertHas(spark.page("1", true), "Training 1: logistic-1");
        assertHas(spark.page("<script>", true), "Training 2: ");
    }

    @Test
    void aResumedTrainingSaysWhereItsCurvesBegin() {
        Started first = started(1, 1, 10);
        spark.tell(new Started(
                1, first.time(), first.master(), first.runs(), first.losses(), first.rates(), 7, 10, new long[] {
                    50, 10, 0
                }));
        spark.tell(new TrainingEvent.Epoch(
                1, 7, new float[] {1, 1, 0}, new float[] {1}, new float[] {0.5f}, new float[] {0.25f}, new float[0]));
        String page = spark.page();
        assertHas(page, "<li>Resumed: at epoch 7, where these curves begin");
        assertHas(page, "Validation error in %");
        assertHas(page, "An epoch takes 2.00 s");
        assertHas(page, "<td>1</td><td>50.00 %</td><td>25.00 %</td>");
    }

    /** Names come from an event log, which anybody may have written. */
    @Test
    void namesAreEscaped() throws Exception {
        Started first = started(1, 1, 10);
        spark.tell(new Started(
                1, first.time(), "<b>&", List.of("<i>\"run"), first.losses(), first.rates(), 0, 10, new long[] {50, 0, 0
                }));
        spark.tell(epoch(1, 1, 1, 1e-3, 0.5), new Left(1, 0, 1, "<u>"));
        spark.tell(new Placed(1, 1, true, List.of("<s>_<s>"), List.of(1)));
        String page = spark.page();
        assertFalse(Pattern.compile("<[busi]>").matcher(page).find(), page);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<p>" + page + "</p>")));
    }

    @Test
    void curvesAreDrawnToScaleOnLogarithmicAxes() {
        spark.tell(started(1, 1, 100));
        spark.tell(
                epoch(1, 0, 1, 9, 0.9), epoch(1, 1, 1, 10, 0.8), epoch(1, 10, 1, 1, 0.4), epoch(1, 100, 1, 0.1, 0.2));
        // From the left to the right of the plot, from the top to the bottom, and through their middle.
        assertHas(spark.page(), " d=\"M56.0 28.0L352.0 174.0L648.0 320.0\"");
        assertHas(spark.page(), "stroke=\"#0072b2\" stroke-width=\"2.0\" stroke-dasharray=\"none\"");
    }

    @Test
    void aCostBeyondAllBoundsDoesNotFlattenTheOthers() {
        spark.tell(started(1, 1, 4));
        spark.tell(epoch(1, 1, 1, 1, 0.8), epoch(1, 2, 1, 1e30, 0.8), epoch(1, 3, 1, Double.POSITIVE_INFINITY, 0.9));
        spark.tell(epoch(1, 4, 1, 10, 0.2));
        String curve = spark.page().split("Training cost</text>", 2)[1];
        assertTrue(curve.contains(" d=\"M56.0 320.0L") && curve.contains("M648.0 28.0\""), curve);
    }

    @Test
    void manyRunsAreCloseToTheirPixels() {
        spark.tell(started(1, 54, 1000));
        for (int epoch = 0; epoch <= 1000; epoch++) {
            spark.tell(epoch(1, epoch, 54, 1 / (1.0 + epoch), 0.1 + 0.8 / (1.0 + epoch)));
        }
        assertTrue(spark.page().length() < 600_000, () -> "" + spark.page().length());
    }

    @Test
    void aLongTrainingKeepsItsFirstAndItsLastEpochs() {
        spark.tell(started(1, 1, 10_000));
        int most = 0;
        for (int epoch = 0; epoch <= 10_000; epoch++) {
            spark.tell(epoch(1, epoch, 1, 0.5, 0.5));
            if (epoch == 5003) {
                spark.tell(new Left(1, 0, epoch, "target"));
            }
            most = Math.max(most, (int) spark.store.count(TrainingEvent.Epoch.class));
        }
        List<Integer> kept = Training.all(spark.store).get(0).epochs(spark.store).stream()
                .map(TrainingEvent.Epoch::epoch)
                .toList();
        assertTrue(most <= TrainingsListener.MOST_EPOCHS + TrainingsListener.FIRST_EPOCHS, "" + most);
        assertTrue(kept.size() > TrainingsListener.MOST_EPOCHS / 2, "" + kept.size());
        for (int epoch = 0; epoch < TrainingsListener.FIRST_EPOCHS; epoch++) {
            assertTrue(kept.contains(epoch), "" + epoch);
        }
        assertTrue(kept.contains(5003) && kept.contains(10_000) && !kept.contains(9999), kept::toString);
    }

    @Test
    void theOldestOfManyTrainingsIsForgotten() {
        for (int training = 1; training <= TrainingsListener.MOST_TRAININGS + 1; training++) {
            spark.tell(started(training, 1, 10), epoch(training, 0, 1, 0.5, 0.5), epoch(training, 1, 1, 0.5, 0.5));
        }
        spark.tell(epoch(1, 2, 1, 0.5, 0.5), new Ended(1, 0));
        assertEquals(TrainingsListener.MOST_TRAININGS, Training.all(spark.store).size());
        assertEquals(2 * TrainingsListener.MOST_TRAININGS, spark.store.count(TrainingEvent.Epoch.class));
        assertEquals(2, Training.all(spark.store).get(0).key());
    }

    @Test
    void jsonHasAllTrainingsOrTheEpochsOfOne() throws Exception {
        spark.tell(started(1, 2, 10), epoch(1, 0, 2, 6.9, 0.9), epoch(1, 1, 2, 0.9, 0.125), started(2, 1, 10));
        JsonNode all = new ObjectMapper().readTree(PerceptronsTab.json(spark.store, null));
        assertEquals(2, all.size());
        assertEquals("mse-1", all.at("/0/started/runs/1").asText());
        JsonNode one = new ObjectMapper().readTree(PerceptronsTab.json(spark.store, "1"));
        assertEquals(1, one.at("/training/started/training").asInt());
        assertEquals(0.125, one.at("/epochs/1/testError/1").asDouble());
        Exception unknown = assertThrows(IllegalArgumentException.class, () -> PerceptronsTab.json(spark.store, "3"));
        assertEquals("expected the number of a training, got 3", unknown.getMessage());
    }

    private static void assertHas(String page, String part) {
        assertTrue(page.contains(part), () -> "expected '" + part + "' in " + page);
    }

    private static void assertLacks(String page, String part) {
        assertFalse(page.contains(part), () -> "expected no '" + part + "' in " + page);
    }
}
