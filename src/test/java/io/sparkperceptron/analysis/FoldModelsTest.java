package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.BestError;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.EpochTime;
import io.sparkperceptron.training.Kept;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weights are copied at the epoch that {@link FoldChoice} finds after the training. */
class FoldModelsTest {

    private static final Setting ONE = new Setting(Loss.LOGISTIC, 0.5);
    private static final Setting OTHER = new Setting(Loss.LOGISTIC, 1);
    private static final TrainingPlan PLAN =
            new TrainingPlan(Run.all(List.of(ONE, OTHER), 2), 3, Start.ZEROS, StopRules.NONE);
    /** Errors by epoch and fold. */
    private static final double[][] ERRORS_OF_ONE = {{0.5, 0.5}, {0.2, 0.3}, {0.1, 0.4}, {0.3, 0.4}};

    private static final double[][] ERRORS_OF_OTHER = {{0.5, 0.5}, {0.6, 0.3}, {0.6, 0.1}, {0.1, 0.1}};

    @Test
    void eachSettingHasTheModelsOfItsFirstEpochWithTheLowestMeanError() {
        FoldModels models = new FoldModels(PLAN);
        assertNull(models.model(FoldModels.runs(PLAN).get(0)));
        for (int epoch = 0; epoch <= 3; epoch++) {
            models.epochStarted(state(epoch));
            models.epochFinished(epoch, metrics(epoch));
        }
        requireEpochs(models, 1, 3);
    }

    @Test
    void aResumedTrainingHasTheSameModels() {
        FoldModels before = new FoldModels(PLAN);
        List<EpochMetrics> rows = new ArrayList<>();
        for (int epoch = 0; epoch <= 1; epoch++) {
            before.epochStarted(state(epoch));
            before.epochFinished(epoch, metrics(epoch));
            rows.addAll(metrics(epoch));
        }
        FoldModels models = new FoldModels(PLAN);
        models.resume(rows, before::model);
        for (int epoch = 2; epoch <= 3; epoch++) {
            models.epochStarted(state(epoch));
            models.epochFinished(epoch, metrics(epoch));
        }
        requireEpochs(models, 1, 3);
    }

    @Test
    void aDivergedFoldKeepsItsEarlierModels() {
        FoldModels models = new FoldModels(PLAN);
        models.epochStarted(state(0));
        models.epochFinished(0, metrics(0));
        models.epochStarted(state(1));
        models.epochFinished(
                1,
                metrics(1).stream()
                        .map(row -> row.run().heldOutFold() == 0 ? metrics(row.run(), 1, 0.1, false) : row)
                        .toList());
        requireEpochs(models, 0, 0);
    }

    private static void requireEpochs(FoldModels models, int ofOne, int ofOther) {
        for (int fold = 0; fold < 2; fold++) {
            assertArrayEquals(
                    model(ofOne, FoldModels.runs(PLAN).get(2 * fold)).toArray(),
                    models.of(ONE).get(fold).toArray());
            assertArrayEquals(
                    model(ofOther, FoldModels.runs(PLAN).get(2 * fold + 1)).toArray(),
                    models.of(OTHER).get(fold).toArray());
        }
        assertEquals(2, models.of(ONE).size());
    }

    private static PerceptronModel model(int epoch, Run run) {
        return new PerceptronModel(1, 1, new double[] {epoch, PLAN.runs().indexOf(run)});
    }

    private static TrainingState state(int epoch) {
        return new TrainingState(
                epoch,
                PLAN.runs(),
                Weights.of(PLAN.runs().stream().map(run -> model(epoch, run)).toList()),
                new Kept(Map.of(), Collections.nCopies(PLAN.runs().size(), List.of())),
                Collections.nCopies(PLAN.runs().size(), BestError.NONE),
                List.of());
    }

    private static List<EpochMetrics> metrics(int epoch) {
        return PLAN.runs().stream()
                .map(run -> {
                    double[][] errors = run.setting().equals(ONE) ? ERRORS_OF_ONE : ERRORS_OF_OTHER;
                    return metrics(run, epoch, run.isOnAllRows() ? 0.9 : errors[epoch][run.heldOutFold()], true);
                })
                .toList();
    }

    private static EpochMetrics metrics(Run run, int epoch, double error, boolean finite) {
        SetMetrics set = new SetMetrics(finite ? 1 : Double.POSITIVE_INFINITY, error);
        double norm = finite ? 1 : Double.POSITIVE_INFINITY;
        return new EpochMetrics(epoch, run, set, set, set, 0, norm, new EpochTime(0, 0, 0), 0L);
    }
}
