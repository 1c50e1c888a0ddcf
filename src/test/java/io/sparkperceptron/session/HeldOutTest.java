package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.FoldModels;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingStopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scores of training rows by the models that have not seen them, in the folder of a training. */
class HeldOutTest extends SparkTest {

    private static final int ROWS = 2300;
    private static final Folds FOLDS = new Folds(3, 5);

    @TempDir
    Path temporary;

    @Test
    void scoresAgreeWithTheErrorsOfTheFolds() throws IOException {
        Results results;
        try (TrainingData data = data(2)) {
            results = sweep(data).train(output("out"));
            results.writeParquet();
        }
        List<Row> scores = results.heldOutScores().sort("row").collectAsList();
        assertEquals(ROWS, scores.size());
        long[] wrong = new long[3];
        for (Row row : scores) {
            int fold = row.getAs("fold");
            assertEquals(FOLDS.fold(row.getAs("row")), fold);
            int prediction = row.getAs("prediction");
            assertEquals(
                    prediction == row.<Integer>getAs("label"),
                    row.<Double>getAs("margin") > 0 || (row.<Double>getAs("margin") == 0 && prediction == 0));
            wrong[fold] += prediction == row.<Integer>getAs("label") ? 0 : 1;
        }
        Outcome outcome = outcome("out");
        Findings.Doubtful doubtful = outcome.findings().doubtful();
        assertEquals(outcome.choice().orElseThrow().run().run().name(), doubtful.run());
        assertEquals(outcome.choice().orElseThrow().best().epoch(), doubtful.epoch());
        assertTrue(doubtful.epoch() < 6, "the models are not all of the last epoch");
        assertEquals(wrong[0] + wrong[1] + wrong[2], doubtful.wrong());
        for (int f = 0; f < 3; f++) {
            Row metrics = results.metrics()
                    .filter("fold = " + f + " and epoch = " + doubtful.epoch() + " and run = '" + doubtful.run()
                            + "-fold-" + f + "'")
                    .first();
            int fold = f;
            long rows = scores.stream()
                    .filter(row -> row.<Integer>getAs("fold") == fold)
                    .count();
            assertEquals(metrics.<Double>getAs("validation_error"), wrong[f] / (double) rows, 1e-12);
        }
        List<Row> ranked = results.doubtfulLabels().collectAsList();
        assertEquals(doubtful.wrong(), ranked.size());
        assertEquals(
                results.heldOutScores()
                        .filter("prediction <> label")
                        .sort("margin", "row")
                        .select("row", "fold", "label", "prediction", "margin")
                        .collectAsList(),
                ranked);
        assertTrue(outcome.doubtful().isPresent());
        assertTrue(Files.readString(temporary.resolve("out/report.html")).contains("\"doubtfulImages\":{\"columns\":"));
        Dataset<Row> parquet = session().read().parquet(output("out") + "/held-out-scores.parquet");
        assertEquals(scores, parquet.sort("row").collectAsList());
    }

    @Test
    void theBytesAreTheSameOnAnyNumberOfPartitionsAndAfterAStop() throws IOException {
        for (int partitions : new int[] {1, 3}) {
            try (TrainingData data = data(partitions)) {
                sweep(data).train(output("on" + partitions));
            }
        }
        try (TrainingData data = data(2)) {
            stop(data, "stopped");
            sweep(data).existing(Existing.RESUMED).train(output("stopped"));
            stop(data, "damaged");
            Path state = temporary.resolve("damaged/checkpoints/epoch-000005/state.json");
            Files.writeString(state, Files.readString(state).replace("foldsSha256", "foldsSha257"));
            sweep(data).existing(Existing.RESUMED).train(output("damaged"));
        }
        for (String file : List.of("held-out-scores.csv", "doubtful-labels.csv")) {
            String whole = Files.readString(temporary.resolve("on1/" + file));
            assertEquals(whole, Files.readString(temporary.resolve("on3/" + file)), file);
            assertEquals(whole, Files.readString(temporary.resolve("stopped/" + file)), file);
            assertEquals(whole, Files.readString(temporary.resolve("damaged/" + file)), file);
        }
    }

    private void stop(TrainingData data, String folder) {
        AtomicInteger asked = new AtomicInteger();
        assertThrows(
                TrainingStopped.class,
                () -> sweep(data).stopWhen(() -> asked.incrementAndGet() > 5).train(output(folder)));
    }

    @Test
    void theirModelsCountAsMemory() {
        try (TrainingData data = data(2)) {
            TrainingPlan plan = new TrainingPlan(
                    Run.all(List.of(new Setting(Loss.LOGISTIC, 0.5)), FOLDS.count()), 6, Start.ZEROS, StopRules.NONE);
            TrainingSettings settings = new TrainingSettings(plan, KernelChoice.AUTO, null, List.of());
            assertEquals(
                    (long) FOLDS.count() * data.classes() * (data.features() + 1) * Double.BYTES,
                    new Descent(data, settings, new FoldModels(plan)).bytes()
                            - new Descent(data, settings, null).bytes());
        }
    }

    @Test
    void aResumedTrainingMustHaveTheSameScoresOption() throws IOException {
        try (TrainingData data = data(2)) {
            AtomicInteger asked = new AtomicInteger();
            assertThrows(TrainingStopped.class, () -> new Sweep(data)
                    .epochs(6)
                    .stopWhen(() -> asked.incrementAndGet() > 2)
                    .train(output("out")));
            UserException e = assertThrows(UserException.class, () -> new Sweep(data)
                    .epochs(6)
                    .heldOutScores()
                    .existing(Existing.RESUMED)
                    .train(output("out")));
            assertTrue(e.getMessage().contains("expected its held-out scores, none, found true"), e.getMessage());
        }
    }

    @Test
    void withoutTheOptionThereAreNoScores() throws IOException {
        try (TrainingData data = data(2)) {
            Results results = new Sweep(data).epochs(2).train(output("out"));
            assertThrows(UserException.class, results::heldOutScores);
        }
        assertNull(outcome("out").findings().doubtful());
        assertFalse(Files.exists(temporary.resolve("out/held-out-scores.csv")));
        assertFalse(Files.readString(temporary.resolve("out/run.json")).contains("heldOutScores"));
        try (TrainingData data = TrainingData.load(session(), DataSettings.images(folder(), 0), 2)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Sweep(data).heldOutScores().train(output("without")));
        }
    }

    @Test
    void thereAreNoScoresIfAllSettingsDiverge() throws IOException {
        try (TrainingData data = data(2)) {
            new Sweep(data).rates(1e300).epochs(3).heldOutScores().train(output("out"));
        }
        assertNull(outcome("out").findings().doubtful());
    }

    private static Sweep sweep(TrainingData data) {
        // With this large rate, the error is not lowest at the end.
        return new Sweep(data).rates(0.01, 40).epochs(6).checkpointEvery(2).heldOutScores();
    }

    private TrainingData data(int partitions) {
        return TrainingData.load(
                session(), DataSettings.images(folder(), 0).withFolds(FOLDS.count(), FOLDS.seed()), partitions);
    }

    private String folder() {
        Path folder = temporary.resolve("data");
        return Files.exists(folder)
                ? folder.toString()
                : TestImages.writeFolder(folder, ROWS, 600, 6, 8).toString();
    }

    private String output(String name) {
        return temporary.resolve(name).toString();
    }

    private Outcome outcome(String name) {
        return Outcome.read(Folder.at(output(name), spark().hadoopConfiguration()));
    }

    private static SparkSession session() {
        return SparkSession.builder().sparkContext(spark().sc()).getOrCreate();
    }
}
