package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.analysis.Verdict.Kind;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the errors of folds, and the choice by folds. */
class FoldChoiceTest {

    private static final int EPOCHS = 50;

    @Test
    void errorsOfFoldsHaveTheirMeanAndItsStandardError() {
        FoldErrors errors = new FoldErrors(List.of(fold(t -> 0.1, 3), fold(t -> 0.2, 3), fold(t -> 0.6, 3)));
        assertEquals(3, errors.count());
        assertEquals(0.3, errors.mean(2), 1e-15);
        // Deviations are -0.2, -0.1 and 0.3; the sum of squares is divided by K - 1 and by K.
        assertEquals(Math.sqrt(0.14 / 2 / 3), errors.standardError(2), 1e-15);
    }

    @Test
    void anEndedFoldKeepsItsErrorUnlessItHasDiverged() {
        FoldErrors left = new FoldErrors(List.of(fold(t -> 0.1 * t, 3), fold(t -> 0.1, 9)));
        assertEquals((0.3 + 0.1) / 2, left.mean(9), 1e-15);
        assertEquals(left.mean(9), left.mean(100));
        List<EpochMetrics> diverged = new ArrayList<>(fold(t -> 0.1, 3));
        diverged.add(metrics(4, Double.POSITIVE_INFINITY, 0.9, 0.9));
        FoldErrors without = new FoldErrors(List.of(diverged, fold(t -> 0.1, 9)));
        assertEquals(0.1, without.mean(3), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, without.mean(4));
        assertTrue(Double.isNaN(without.standardError(4)));
        assertEquals(Double.POSITIVE_INFINITY, without.metrics(4).cost());
        assertEquals(1, without.metrics(3).cost());
        assertThrows(IllegalArgumentException.class, () -> new FoldErrors(List.of(diverged)));
    }

    /** The test error is lowest elsewhere, at the start and with the other setting, but the choice ignores it. */
    @Test
    void choosesTheFirstEpochWithinAStandardErrorOfTheBest() {
        RunHistory worse = run("worse", t -> 0.01, t -> 0.3 + Math.abs(t - 20) / 100.0, t -> 0.4);
        RunHistory better = run("better", t -> 0.05 + t / 100.0, t -> 0.2 + Math.abs(t - 30) / 100.0, t -> 0.22);
        FoldChoice choice = FoldChoice.of(List.of(worse, better)).orElseThrow();
        assertEquals("better", choice.run().run().name());
        assertEquals(30, choice.best().epoch());
        assertEquals(0.21, choice.best().error(), 1e-15);
        assertEquals(0.01, choice.margin(), 1e-15);
        // The mean is 0.21 + |t - 30| / 200, and the standard error is 0.01.
        assertEquals(29, choice.epoch(), 1);
        assertEquals(0.05 + choice.epoch() / 100.0, choice.test().error(), 1e-15);
    }

    @Test
    void anEarlyDipThatDoesNotLastIsNotChosen() {
        IntToDoubleFunction dip = t -> t == 5 ? 0.205 : t < 40 ? 0.5 : 0.2;
        FoldChoice choice = FoldChoice.of(List.of(run("dips", t -> 0.1, dip, t -> dip.applyAsDouble(t) + 0.02)))
                .orElseThrow();
        assertEquals(40, choice.best().epoch());
        assertTrue(choice.run().choosingError(5) < choice.best().error() + choice.margin());
        assertEquals(40, choice.epoch());
    }

    @Test
    void aSettingWithADivergedRunCountsOnlyUpToTheDivergence() {
        List<EpochMetrics> diverged = new ArrayList<>(fold(t -> 0.1, 0));
        diverged.add(metrics(1, Double.POSITIVE_INFINITY, 0.9, 0.9));
        RunHistory gone = new RunHistory(
                List.of(metrics(0, 1, 0.1, 0.1), metrics(1, Double.POSITIVE_INFINITY, 0.9, 0.9)),
                Ending.DIVERGED,
                0,
                new FoldErrors(List.of(diverged, diverged)));
        RunHistory steady = run("steady", t -> 0.5, t -> 0.5, t -> 0.5);
        assertEquals(
                "steady",
                FoldChoice.of(List.of(gone, steady)).orElseThrow().run().run().name());
        assertEquals(Optional.empty(), FoldChoice.of(List.of(gone)));
        RunHistory withoutFolds = new RunHistory(steady.epochs(), Ending.EPOCHS, 0);
        assertEquals(Optional.empty(), FoldChoice.of(List.of(withoutFolds)));
    }

    /** The run on all rows ends after 4 epochs and one fold after 3. The other fold continues to 8 and improves. */
    @Test
    void theLowestErrorMayComeAfterTheEndOfTheRunOnAllRows() {
        FoldErrors folds = new FoldErrors(List.of(fold(t -> 0.12, 3), fold(t -> 0.5 - 0.05 * t, 8)));
        RunHistory left = left(folds);
        assertEquals(8, left.lastChoosingEpoch());
        assertEquals(0.11, left.best().error(), 1e-15);
        assertEquals(8, left.best().epoch());
        FoldChoice choice = FoldChoice.of(List.of(left)).orElseThrow();
        assertEquals(0.01, choice.margin(), 1e-15);
        assertEquals(8, choice.epoch());
        assertEquals(0.4, choice.test().error());
        Judge judge = new Judge(List.of(left), 1000, false);
        assertEquals(0.01, judge.margin(left), 1e-15);
        assertEquals(Optional.empty(), judge.settledEpoch(left));
        assertEquals(4, new RunHistory(left.epochs(), Ending.CONVERGED, 0).lastChoosingEpoch());
    }

    /** Errors only up to the end of the run on all rows would choose the other setting. */
    @Test
    void theSettingIsChosenByErrorsOfAllEpochs() {
        RunHistory other = run("other", t -> 0.1, t -> 0.2, t -> 0.2);
        RunHistory left = left(new FoldErrors(List.of(fold(t -> 0.12, 3), fold(t -> 0.5 - 0.05 * t, 8))));
        assertTrue(left.lastChoosingError() > 0.2);
        assertEquals(left, FoldChoice.of(List.of(other, left)).orElseThrow().run());
    }

    @Test
    void aRunIsTooSlowFromWhereTheBestRunsFoldsStayAhead() {
        RunHistory best = left(new FoldErrors(
                List.of(fold(t -> t == 4 || t > 5 ? 0.14 : 0.3, 8), fold(t -> t == 4 || t > 5 ? 0.14 : 0.3, 8))));
        RunHistory slow = run("slow", t -> 0.1, t -> 0.2, t -> 0.2);
        Verdict verdict = new Judge(List.of(best, slow), 1000, false).verdict(slow);
        assertEquals(Kind.TOO_SLOW, verdict.kind());
        assertEquals(6, verdict.epoch());
    }

    @Test
    void settledEpochsAndVerdictsUseTheFolds() {
        RunHistory settles = run("settles", t -> 0.9, t -> t < 10 ? 0.5 : 0.1, t -> t < 10 ? 0.5 : 0.12);
        RunHistory slow = run("slow", t -> 0.01, t -> 0.5, t -> 0.5);
        Judge judge = new Judge(List.of(slow, settles), 1000, false);
        assertEquals("settles", judge.best().orElseThrow().run().name());
        assertEquals(Optional.of(10), judge.settledEpoch(settles));
        assertEquals(0.01, judge.margin(settles), 1e-15);
        assertEquals(Kind.TOO_SLOW, judge.verdict(slow).kind());
        RunHistory unsettled = run("unsettled", t -> 0.1, t -> t < 20 ? 0.1 : 0.3, t -> t < 20 ? 0.1 : 0.3);
        assertEquals(Optional.empty(), new Judge(List.of(unsettled), 1000, false).settledEpoch(unsettled));
    }

    @Test
    void foldsChooseTheLeaderOfAnEpoch() {
        Run first = new Run(Loss.MSE, 1);
        Run second = new Run(Loss.MSE, 2);
        List<EpochMetrics> all = List.of(at(first, 0.1), at(second, 0.2));
        assertEquals(first, EpochLeader.of(all).metrics().run());
        assertTrue(Double.isNaN(EpochLeader.of(all).foldsError()));
        List<EpochMetrics> withFolds = new ArrayList<>(all);
        withFolds.add(at(new Run(first.setting(), 0, "first-0"), 0.4));
        withFolds.add(at(new Run(first.setting(), 1, "first-1"), 0.5));
        withFolds.add(at(new Run(second.setting(), 0, "second-0"), 0.3));
        EpochLeader leader = EpochLeader.of(withFolds);
        assertEquals(second, leader.metrics().run());
        assertEquals(2, leader.runs());
        assertEquals(0.3, leader.foldsError());
    }

    /** Otherwise two settings with nearly the same mean would change places at the end. */
    @Test
    void meansHaveTheSameBitsDuringAndAfterTraining() {
        Run whole = new Run(Loss.MSE, 1);
        double[] errors = {0.1, 0.2, 0.3, 1e-17, 0.7, 0.1, 0.3, 0.9, 0.2, 0.1, 0.6};
        List<EpochMetrics> folds = IntStream.range(0, errors.length)
                .mapToObj(fold -> at(new Run(whole.setting(), fold, "fold-" + fold), errors[fold]))
                .toList();
        List<EpochMetrics> shuffled = new ArrayList<>(folds);
        Collections.shuffle(shuffled, new Random(1));
        FoldMeans means = new FoldMeans();
        means.add(shuffled);
        double expected = FoldErrors.mean(errors);
        assertEquals(Map.of(whole.setting(), expected), means.errors());
        List<EpochMetrics> all = new ArrayList<>(List.of(at(whole, 0.5)));
        all.addAll(folds);
        assertEquals(expected, EpochLeader.of(all).foldsError());
    }

    @Test
    void anEndedFoldStillCountsInTheMean() {
        Run whole = new Run(Loss.MSE, 1);
        Run first = new Run(whole.setting(), 0, "first");
        Run second = new Run(whole.setting(), 1, "second");
        FoldMeans means = new FoldMeans();
        means.add(List.of(at(whole, 0.9)));
        assertEquals(Map.of(), means.errors());
        means.add(List.of(at(whole, 0.9), at(first, 0.3), at(second, 0.2)));
        means.add(List.of(at(second, 0.1)));
        assertEquals(Map.of(whole.setting(), 0.2), means.errors());
        means.add(List.of(
                new MadeUpMetrics(4, first).sets(Double.POSITIVE_INFINITY, 0.1).metrics()));
        assertEquals(Map.of(whole.setting(), Double.POSITIVE_INFINITY), means.errors());
    }

    private static EpochMetrics at(Run run, double error) {
        MadeUpMetrics metrics = new MadeUpMetrics(3, run).sets(1, error);
        return (run.isOnAllRows() ? metrics : metrics.validation(1, error)).metrics();
    }

    /** A run on all rows with a falling cost, and two folds. */
    private static RunHistory run(
            String name, IntToDoubleFunction test, IntToDoubleFunction firstFold, IntToDoubleFunction secondFold) {
        List<EpochMetrics> epochs = new ArrayList<>();
        for (int t = 0; t <= EPOCHS; t++) {
            epochs.add(new MadeUpMetrics(t, new Run(new Run(Loss.MSE, 1).setting(), name))
                    .train(1 - 0.01 * t, 0.5)
                    .test(1, test.applyAsDouble(t))
                    .metrics());
        }
        return new RunHistory(
                epochs, Ending.EPOCHS, 0, new FoldErrors(List.of(fold(firstFold, EPOCHS), fold(secondFold, EPOCHS))));
    }

    /** A run on all rows that has ended after 4 epochs, with a test error of 0.4. */
    private static RunHistory left(FoldErrors folds) {
        List<EpochMetrics> epochs =
                run("left", t -> t / 10.0 % 1, t -> 0.5, t -> 0.5).epochs();
        return new RunHistory(epochs.subList(0, 5), Ending.CONVERGED, 0, folds);
    }

    private static List<EpochMetrics> fold(IntToDoubleFunction error, int lastEpoch) {
        List<EpochMetrics> epochs = new ArrayList<>();
        for (int t = 0; t <= lastEpoch; t++) {
            epochs.add(metrics(t, 1, error.applyAsDouble(t), 0.7));
        }
        return epochs;
    }

    private static EpochMetrics metrics(int epoch, double cost, double validation, double test) {
        return new MadeUpMetrics(epoch, new Run(new Run(Loss.MSE, 1).setting(), 0, "fold"))
                .train(cost, 0.5)
                .validation(cost, validation)
                .test(cost, test)
                .metrics();
    }
}
