package io.sparkperceptron.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.block.Folds;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The traits that a resumed training must share. Checkpoints store them, so names, values and order must stay. */
class TrainingRecordTest {

    private static final List<String> DATA = List.of(
            "classes: number of classes, 3",
            "data: number of features, 4",
            "data: rows of the training set, 60",
            "data: fingerprint of the training set, abc",
            "data: rows of the validation set, 0",
            "data: fingerprint of the validation set, ",
            "data: rows of the test set, 10",
            "data: fingerprint of the test set, def");

    @Test
    void aPlainTrainingHasTheseTraits() {
        List<Run> runs = Run.all(List.of(new Setting(Loss.MSE, 1)), 0);
        assertIdentity(
                new TrainingPlan(runs, 10, Start.ZEROS, StopRules.NONE),
                Folds.NONE,
                ClassWeighting.NONE,
                "runs: runs, mse-1",
                "l2: l2, 0",
                "momentum: momentum, 0",
                "folds: folds, none",
                "foldSeed: seed of the folds, none",
                "startSigma: starting weights, 0.0",
                "seed: seed, any",
                "tolerance: tolerance, 0.0",
                "patience: patience, 0",
                "targetError: target error, null",
                "scaling: scaling, pixel",
                "classWeight: class weights, none");
    }

    @Test
    void everyOptionThatChangesBitsIsNamed() {
        List<List<Double>> values = List.of(List.of(1.0, 10.0), List.of(0.0, 1e-9), List.of(0.5));
        List<Run> runs = Run.all(Setting.grid(List.of(Loss.MSE), List.of(Optimizer.DESCENT), values), 0);
        assertIdentity(
                new TrainingPlan(runs, 10, new Start(0.1, 7), new StopRules(1e-4, 5, 0.25)),
                new Folds(3, 9),
                ClassWeighting.of("balanced"),
                "runs: runs, mse-1-l2-0, mse-1-l2-1E-9, mse-10-l2-0, mse-10-l2-1E-9",
                "l2: l2, 0, 1E-9",
                "momentum: momentum, 0.5",
                "folds: folds, 3",
                "foldSeed: seed of the folds, 9",
                "startSigma: starting weights, 0.1",
                "seed: seed, 7",
                "tolerance: tolerance, 1.0E-4",
                "patience: patience, 5",
                "targetError: target error, 0.25",
                "scaling: scaling, pixel",
                "classWeight: class weights, balanced");
    }

    private static void assertIdentity(
            TrainingPlan plan, Folds folds, ClassWeighting weighting, String... expectedOptions) {
        TrainingRecord record = TrainingRecord.start(
                List.of(),
                TrainingRecord.Options.of(plan, folds, FeatureScaling.PIXEL, weighting, 2, false),
                new TrainingRecord.Data(
                        4,
                        3,
                        null,
                        null,
                        null,
                        new TrainingRecord.DataSet("train", 60, "abc", 1),
                        new TrainingRecord.DataSet("train", 0, "", 0),
                        new TrainingRecord.DataSet("test", 10, "def", 1)),
                null);
        List<String> found = record.identity().stream()
                .map(trait -> trait.option() + ": " + trait.name() + ", " + trait.value())
                .toList();
        assertEquals(List.of(expectedOptions), found.subList(0, expectedOptions.length));
        assertEquals(DATA, found.subList(expectedOptions.length, found.size()));
    }
}
