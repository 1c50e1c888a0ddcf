package io.sparkperceptron.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.MemoryGradient;
import io.sparkperceptron.UserException;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.results.CheckpointFiles.Checkpoint;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.GradientFunction;
import io.sparkperceptron.training.Lbfgs;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import io.sparkperceptron.training.TrainingStopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that stop and resume, on blocks in memory. */
class CheckpointTest {

    private static final int EPOCHS = 12;
    private static final List<TrainingRecord.Trait> TRAINING = training("mine");
    /** The second run diverges, and the weights of the third do not move. */
    private static final List<Run> RUNS = List.of(
            new Run(Loss.LOGISTIC, 0.5), new Run(Loss.LOGISTIC, 1e300), new Run(Loss.MSE, 1e300), new Run(Loss.MSE, 2));

    private final MemoryGradient gradient = new MemoryGradient(0.7);

    @TempDir
    Path temporary;

    private Folder output;
    private Path checkpoints;

    @BeforeEach
    void nameFolders() {
        output = Folder.at(temporary.resolve("output").toString(), new Configuration());
        checkpoints = temporary.resolve("output/checkpoints");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, EPOCHS})
    void resumesFromAnyEpochWithTheSameBits(int stopAt) throws IOException {
        List<TrainedRun> whole = train(plan(EPOCHS), null, () -> false);
        List<String> metrics = metrics();
        output.delete(Layout.CHECKPOINTS);
        AtomicInteger started = new AtomicInteger();
        assertEquals(
                stopAt,
                assertThrows(
                                TrainingStopped.class,
                                () -> train(plan(EPOCHS), null, () -> started.getAndIncrement() == stopAt))
                        .epoch());
        List<TrainedRun> resumed = train(plan(EPOCHS), newest(EPOCHS), () -> false);
        assertEquals(metrics, metrics());
        for (int run = 0; run < RUNS.size(); run++) {
            assertEquals(whole.get(run).run(), resumed.get(run).run());
            assertEquals(whole.get(run).ending(), resumed.get(run).ending());
            assertArrayEquals(
                    whole.get(run).model().toArray(), resumed.get(run).model().toArray());
        }
    }

    /** Some runs have momentum, a penalty or L-BFGS; one of them diverges. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, EPOCHS})
    void restoresVelocitiesAndSearches(int stopAt) throws IOException {
        List<Run> runs = List.of(
                new Run(new Setting(Loss.LOGISTIC, 1e300, 0, 0.9), "wild"),
                new Run(new Setting(Loss.LOGISTIC, 0.5, 0.01, 0.9), "with-both"),
                new Run(new Setting(Loss.MSE, 2, 0.01, 0), "with-penalty"),
                new Run(new Setting(Loss.MSE, 2, 0, 0.5), "with-momentum"),
                new Run(Setting.lbfgs(Loss.LOGISTIC, 0.01), "logistic-lbfgs"),
                new Run(Setting.lbfgs(Loss.MSE, 0), "mse-lbfgs"));
        TrainingPlan plan = new TrainingPlan(runs, EPOCHS, new Start(0.1, 3), StopRules.NONE);
        List<TrainedRun> whole = train(plan, null, () -> false);
        List<String> metrics = metrics();
        output.delete(Layout.CHECKPOINTS);
        AtomicInteger started = new AtomicInteger();
        assertThrows(TrainingStopped.class, () -> train(plan, null, () -> started.getAndIncrement() == stopAt));
        Checkpoint checkpoint = files(plan, TRAINING).newest().orElseThrow();
        List<TrainedRun> resumed = train(plan, checkpoint, () -> false);
        assertEquals(metrics, metrics());
        for (int run = 0; run < runs.size(); run++) {
            assertArrayEquals(
                    whole.get(run).model().toArray(), resumed.get(run).model().toArray());
        }
        for (String name : List.of("velocity.npy", "lbfgs.npy")) {
            Path kept = checkpoints.resolve("epoch-000012").resolve(name);
            byte[] bytes = Files.readAllBytes(kept);
            bytes[bytes.length - 1] ^= 1;
            Files.write(kept, bytes);
            assertTrue(
                    stopAt == EPOCHS
                            ? files(plan, TRAINING).newest().isEmpty()
                            : files(plan, TRAINING)
                                            .newest()
                                            .orElseThrow()
                                            .state()
                                            .epoch()
                                    < EPOCHS);
            bytes[bytes.length - 1] ^= 1;
            Files.write(kept, bytes);
        }
    }

    @Test
    void restoresTheEpochsWithoutImprovement() throws IOException {
        TrainingPlan plan = new TrainingPlan(
                List.of(new Run(Loss.LOGISTIC, 0.5), new Run(Loss.MSE, 1e-9)),
                EPOCHS,
                new Start(0.1, 3),
                new StopRules(0, 5, -1));
        TrainedRun whole = train(plan, null, () -> false).get(1);
        assertEquals(Ending.PATIENCE, whole.ending());
        output.delete(Layout.CHECKPOINTS);
        AtomicInteger started = new AtomicInteger();
        assertThrows(TrainingStopped.class, () -> train(plan, null, () -> started.getAndIncrement() == 3));
        Checkpoint checkpoint = files(plan, TRAINING).newest().orElseThrow();
        assertEquals(
                whole.last().epoch(),
                train(plan, checkpoint, () -> false).get(1).last().epoch());
    }

    /** One run ends before the training stops. Both runs have their least error at an earlier epoch. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 10})
    void restoresTheBestWeights(int stopAt) throws IOException {
        TrainingPlan plan = new TrainingPlan(
                List.of(new Run(Loss.LOGISTIC, 4), new Run(Loss.MSE, 1e-9)),
                EPOCHS,
                new Start(0.1, 3),
                new StopRules(0, 5, -1),
                Lbfgs.HISTORY,
                true);
        List<TrainedRun> whole = train(plan, null, () -> false);
        assertTrue(whole.get(1).keptEpoch() < whole.get(1).last().epoch());
        output.delete(Layout.CHECKPOINTS);
        AtomicInteger started = new AtomicInteger();
        assertThrows(TrainingStopped.class, () -> train(plan, null, () -> started.getAndIncrement() == stopAt));
        Checkpoint checkpoint = files(plan, TRAINING).newest().orElseThrow();
        List<TrainedRun> resumed = train(plan, checkpoint, () -> false);
        for (int run = 0; run < 2; run++) {
            assertEquals(whole.get(run).keptEpoch(), resumed.get(run).keptEpoch());
            assertArrayEquals(
                    whole.get(run).kept().toArray(), resumed.get(run).kept().toArray());
            assertArrayEquals(
                    whole.get(run).model().toArray(), resumed.get(run).model().toArray());
        }
    }

    @Test
    void resumingWithMoreEpochsGivesTheSameBits() throws IOException {
        List<TrainedRun> whole = train(plan(EPOCHS + 5), null, () -> false);
        List<String> metrics = metrics();
        output.delete(Layout.CHECKPOINTS);
        train(plan(EPOCHS), null, () -> false);
        List<TrainedRun> resumed = train(plan(EPOCHS + 5), newest(EPOCHS + 5), () -> false);
        assertEquals(metrics, metrics());
        assertArrayEquals(whole.get(3).model().toArray(), resumed.get(3).model().toArray());
        UserException fewer = assertThrows(UserException.class, () -> newest(EPOCHS));
        assertTrue(fewer.getMessage().endsWith("ask for at least 17 epochs to go on"), fewer.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "weights.npy,cut",
        "weights.npy,flip",
        "weights.npy,gone",
        "metrics.csv,cut",
        "metrics.csv,flip",
        "metrics.csv,gone",
        "state.json,cut",
        "state.json,flip",
        "state.json,gone"
    })
    void passesOverOneThatIsNotWhole(String name, String damage) throws IOException {
        train(plan(EPOCHS), null, () -> false, 4);
        assertEquals(List.of("epoch-000004", "epoch-000008", "epoch-000012"), names());
        Path file = checkpoints.resolve("epoch-000012").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        switch (damage) {
            case "cut" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            case "flip" -> {
                bytes[bytes.length / 3] ^= 4;
                Files.write(file, bytes);
            }
            default -> Files.delete(file);
        }
        assertEquals(8, newest(EPOCHS).state().epoch());
    }

    /** In a thousand cases, either the checkpoint is found as it was written, or the one before it. */
    @Test
    @Tag("damage")
    void damagedCheckpointsAreSkipped(TestReporter reporter) throws IOException {
        train(plan(EPOCHS), null, () -> false, 4);
        double[] last = newest(EPOCHS).state().weights().values();
        output.child("checkpoints").delete("epoch-000012");
        double[] before = newest(EPOCHS).state().weights().values();
        train(plan(EPOCHS), newest(EPOCHS), () -> false, 4);
        Path folder = checkpoints.resolve("epoch-000012");
        Configurator.setLevel(CheckpointFiles.class, Level.ERROR);
        DamagedInput.forEach(1000, reporter, random -> {
            Path file = folder.resolve(
                    List.of("weights.npy", "metrics.csv", "state.json").get(random.nextInt(3)));
            byte[] bytes = Files.readAllBytes(file);
            try {
                Files.write(file, DamagedInput.damage(bytes, random));
                TrainingState found = newest(EPOCHS).state();
                assertArrayEquals(
                        found.epoch() == EPOCHS ? last : before, found.weights().values());
                if (found.epoch() < EPOCHS) {
                    throw new UserException("The damaged one was passed over");
                }
                assertEquals(2, found.ended().size());
            } finally {
                Files.write(file, bytes);
            }
        });
        Configurator.setLevel(CheckpointFiles.class, Level.INFO);
    }

    @Test
    void aCheckpointOfAnotherTrainingIsSkipped() {
        train(plan(EPOCHS), null, () -> false);
        assertTrue(files(plan(EPOCHS), training("others")).newest().isEmpty());
    }

    @Test
    void keepsTheNewestThree() throws IOException {
        train(plan(EPOCHS), null, () -> false, 1);
        assertEquals(List.of("epoch-000010", "epoch-000011", "epoch-000012"), names());
        files(plan(EPOCHS), TRAINING).removeAfter(10);
        assertEquals(List.of("epoch-000010"), names());
    }

    /** This also holds if another listener fails: the metrics of that epoch are left out. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailureSavesTheStateBeforeIt(boolean inPass) throws IOException {
        List<TrainedRun> whole = train(plan(EPOCHS), null, () -> false);
        List<String> metrics = metrics();
        output.delete(Layout.CHECKPOINTS);
        AtomicInteger passes = new AtomicInteger();
        GradientFunction failing = (weights, objectives) -> {
            if (inPass && passes.getAndIncrement() == 6) {
                throw new UserException("the executors are gone");
            }
            return gradient.at(weights, objectives);
        };
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> runs) {
                if (!inPass && epoch == 6) {
                    throw new UserException("the disk is full");
                }
            }
        };
        Recording recording = new Recording(List.of());
        MetricsFile file = new MetricsFile(output, List.of());
        CheckpointFiles files = files(plan(EPOCHS), TRAINING);
        CheckpointWriter writer = new CheckpointWriter(files, recording, null, -1, EPOCHS, () -> false);
        TrainingState start = TrainingState.start(plan(EPOCHS), MemoryGradient.FEATURES, MemoryGradient.CLASSES);
        GradientDescent descent = new GradientDescent(failing, List.of(recording, file, listener, writer));
        assertThrows(UserException.class, () -> descent.train(plan(EPOCHS), start));
        assertEquals(6, newest(EPOCHS).state().epoch());
        List<TrainedRun> resumed = train(plan(EPOCHS), newest(EPOCHS), () -> false);
        assertEquals(metrics, metrics());
        assertArrayEquals(whole.get(0).model().toArray(), resumed.get(0).model().toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa-IR", "ar-EG", "hi-IN-u-nu-deva"})
    void namesDoNotDependOnTheDigitsOfTheLocale(String language) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            train(plan(2), null, () -> false, 1);
            assertEquals(List.of("epoch-000001", "epoch-000002"), names());
            assertEquals(2, newest(2).state().epoch());
            FilmFiles film = new FilmFiles(output, plan(2), MemoryGradient.FEATURES, MemoryGradient.CLASSES);
            film.epochStarted(newest(2).state());
            assertEquals(List.of(2), film.epochs());
            assertEquals(RUNS.size(), film.frame(2).size());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aCheckpointThatCannotBeWrittenStopsTheTraining() throws IOException {
        Files.createDirectories(checkpoints.getParent());
        Files.writeString(checkpoints, "no folder");
        assertThrows(UserException.class, () -> train(plan(EPOCHS), null, () -> false));
        assertFalse(Files.isDirectory(checkpoints));
    }

    private static List<TrainingRecord.Trait> training(String data) {
        return List.of(new TrainingRecord.Trait("data", data, "data"));
    }

    private CheckpointFiles files(TrainingPlan plan, List<TrainingRecord.Trait> training) {
        return new CheckpointFiles(output, plan, MemoryGradient.FEATURES, MemoryGradient.CLASSES, training, null);
    }

    private Checkpoint newest(int epochs) {
        return files(plan(epochs), TRAINING).newest().orElseThrow();
    }

    private List<TrainedRun> train(TrainingPlan plan, Checkpoint from, BooleanSupplier stop) {
        return train(plan, from, stop, null);
    }

    private List<TrainedRun> train(TrainingPlan plan, Checkpoint from, BooleanSupplier stop, Integer every) {
        Recording recording = new Recording(from == null ? List.of() : from.metrics());
        MetricsFile file = new MetricsFile(output, recording.rows());
        TrainingState state = from == null
                ? TrainingState.start(plan, MemoryGradient.FEATURES, MemoryGradient.CLASSES)
                : from.state();
        CheckpointWriter writer = new CheckpointWriter(
                files(plan, TRAINING), recording, every, from == null ? -1 : state.epoch(), plan.epochs(), stop);
        return new GradientDescent(gradient, List.of(recording, file, writer)).train(plan, state);
    }

    private static TrainingPlan plan(int epochs) {
        return new TrainingPlan(RUNS, epochs, new Start(0.1, 3), StopRules.NONE);
    }

    private List<String> metrics() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String row : Files.readAllLines(temporary.resolve("output/metrics.csv"))) {
            rows.add(String.join(",", Arrays.copyOf(row.split(",", -1), 9)));
        }
        return rows;
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(checkpoints)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
