package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.analysis.Verdict.Kind;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Verdicts and settled epochs of made-up curves. */
class JudgeTest {

    private static final int EPOCHS = 100;
    private static final long ROWS = 10_000;
    private static final RunHistory GOOD = run(Loss.LOGISTIC, JudgeTest::falling, t -> 0.1 + 0.8 * Math.exp(-t / 5.0));

    @Test
    void aFallingCostIsSteadyFromTheStart() {
        Verdict verdict = judge(GOOD).verdict(GOOD);
        assertEquals(Kind.STEADY, verdict.kind());
        assertEquals(0, verdict.epoch());
    }

    @Test
    void afterEarlyRisesACostIsSteady() {
        RunHistory run = run(Loss.LOGISTIC, t -> falling(t) + (t < 30 && t % 2 == 1 ? 9 : 0), t -> 0.1);
        Verdict verdict = judge(run).verdict(run);
        assertEquals(Kind.STEADY, verdict.kind());
        assertEquals(30, verdict.epoch());
    }

    @Test
    void risesInTheSecondHalfAreOscillation() {
        RunHistory run = run(Loss.LOGISTIC, t -> falling(t) + (t > 20 && t % 2 == 1 ? 0.3 : 0), t -> 0.1);
        Verdict verdict = judge(run).verdict(run);
        assertEquals(Kind.OSCILLATING, verdict.kind());
        assertEquals(21, verdict.epoch());
        assertTrue(verdict.reason().startsWith("In 25 of the last 50 epochs"), verdict.reason());
    }

    @Test
    void aRunWithWeightsNeverOscillates() {
        RunHistory run = run(Loss.LOGISTIC, t -> 1 + 0.01 * t, t -> 0.1);
        assertEquals(Kind.OSCILLATING, judge(run).verdict(run).kind());
        Verdict verdict = new Judge(List.of(run), ROWS, true).verdict(run);
        assertEquals(Kind.STEADY, verdict.kind());
        assertEquals(
                "The run descends on a cost with weights. Without them, the training cost rose in 100 of 100 epochs.",
                verdict.reason());
        RunHistory falls = run(Loss.LOGISTIC, JudgeTest::falling, t -> 0.1);
        assertEquals(
                "The training cost never rose.",
                new Judge(List.of(falls), ROWS, true).verdict(falls).reason());
    }

    @Test
    void momentumMayOvershootToo() {
        Run heavy = new Run(new Setting(Loss.LOGISTIC, 0.5, 0, 0.9), "heavy");
        RunHistory run = history(heavy, t -> 1 + 0.01 * t, t -> 0.1, t -> 1, Ending.EPOCHS, 0);
        String reason = judge(run).verdict(run).reason();
        assertTrue(reason.endsWith(" the training cost rose: the steps or the momentum overshoot."), reason);
    }

    @Test
    void theSentenceForASingleRisingEpochIsSingular() {
        Run run = new Run(Loss.LOGISTIC, 1);
        RunHistory history =
                new RunHistory(List.of(metrics(0, run, 1, 0.9, 1), metrics(1, run, 2, 0.9, 1)), Ending.EPOCHS, 0);
        assertEquals(
                "In the last epoch the training cost rose: the steps overshoot.",
                judge(history).verdict(history).reason());
    }

    @Test
    void risesOfTheLastBitsAreNoOscillation() {
        RunHistory run = run(Loss.LOGISTIC, t -> 1 + (t % 2 == 1 ? 1e-9 : 0), t -> 0.1);
        assertEquals(Kind.STEADY, judge(run).verdict(run).kind());
    }

    @Test
    void aFallingCostFarBehindTheBestRunIsTooSlow() {
        RunHistory slow = run(Loss.LOGISTIC, t -> 7 - 0.03 * t, t -> 0.9 - 0.005 * t);
        Verdict verdict = judge(GOOD, slow).verdict(slow);
        assertEquals(Kind.TOO_SLOW, verdict.kind());
        // From here on, 0.9 - 0.005 t is more than 4/3 of the other run's error.
        assertEquals(2, verdict.epoch());
        // The other run had the final error 0.4 at epoch 5 ln(8/3) = 4.9.
        assertTrue(verdict.reason().contains("0.5 had reached this error, 40.00 %, by epoch 5"), verdict.reason());
        assertEquals(Kind.STEADY, judge(slow).verdict(slow).kind());
        RunHistory settled = run(Loss.MSE, t -> 3, t -> 0.4);
        assertEquals(Kind.STEADY, judge(GOOD, settled).verdict(settled).kind());
    }

    @Test
    void stuckPerceptronsOfTheSquaredErrorAreSaturation() {
        RunHistory stuck = run(Loss.MSE, t -> 0.5, t -> 0.3, t -> t < 7 ? 1 : 1e-3, Ending.EPOCHS, 3);
        Verdict verdict = judge(GOOD, stuck).verdict(stuck);
        assertEquals(Kind.SATURATED, verdict.kind());
        assertEquals(7, verdict.epoch());
        assertEquals(
                "Perceptrons that say no to most of their class with a derivative s (1 - s) near 0: 3. Over the last"
                        + " tenth of the epochs the training cost fell by 0.0 %.",
                verdict.reason());
        RunHistory logistic = run(Loss.LOGISTIC, t -> 0.5, t -> 0.3, t -> 1, Ending.EPOCHS, 3);
        assertEquals(Kind.STEADY, judge(GOOD, logistic).verdict(logistic).kind());
    }

    @Test
    void stuckPerceptronsWithAFallingCostArePartialSaturation() {
        RunHistory falls = run(
                Loss.MSE,
                t -> t < 91 ? 0.5 : 0.5 - 0.005 * (t - 90),
                t -> 0.3,
                t -> t < 7 ? 1 : 1e-3,
                Ending.EPOCHS,
                3);
        Verdict verdict = judge(GOOD, falls).verdict(falls);
        assertEquals(Kind.PARTLY_SATURATED, verdict.kind());
        assertEquals("partly saturated", verdict.kind().label());
        assertTrue(verdict.reason().endsWith("the training cost fell by 10.0 %."), verdict.reason());
        assertEquals(Optional.empty(), judge(GOOD, falls).settledEpoch(falls));
        RunHistory rises =
                run(Loss.MSE, t -> t < 91 ? 0.5 : 0.5 + 0.005 * (t - 90), t -> 0.3, t -> 1, Ending.EPOCHS, 3);
        Verdict worse = judge(GOOD, rises).verdict(rises);
        assertTrue(worse.reason().endsWith("the training cost rose by 10.0 %."), worse.reason());
        RunHistory pulled = run(Loss.MSE, t -> 0.5, t -> 0.3, t -> t < 7 ? 1 : 0.02, Ending.EPOCHS, 3);
        assertEquals(Kind.PARTLY_SATURATED, judge(GOOD, pulled).verdict(pulled).kind());
    }

    @Test
    void aTooSlowRunMayHaveHadALowerError() {
        RunHistory slow = run(Loss.LOGISTIC, t -> 7 - 0.03 * t, t -> t < 43 ? 0.7 - 0.01 * t : 0.27 + 0.002 * (t - 43));
        assertTrue(
                judge(GOOD, slow)
                        .verdict(slow)
                        .reason()
                        .endsWith(" Its lowest error, 27.00 %, was at epoch 43: since then the error has risen."),
                judge(GOOD, slow).verdict(slow).reason());
        RunHistory atItsBest = run(Loss.LOGISTIC, t -> 7 - 0.03 * t, t -> 0.9 - 0.005 * t);
        assertFalse(judge(GOOD, atItsBest).verdict(atItsBest).reason().contains("least error"));
    }

    /** 0.1 + 0.9 / (t + 1) falls by 0.9 (1 / 51 - 1 / 101) = 0.0087 from epoch 50 to 100, and by 0.0044 to 200. */
    @Test
    void onlySteadyAndTooSlowRunsByDescentHaveATrend() {
        IntToDoubleFunction error = t -> 0.1 + 0.9 / (t + 1);
        RunHistory steady = run(Loss.MSE, JudgeTest::falling, error);
        Doubling doubling = judge(steady).doubling(steady).orElseThrow();
        assertEquals(50, doubling.from());
        assertEquals(0.1 + 0.9 / 51, doubling.before());
        assertEquals(0.1 + 0.9 / 101, doubling.after());
        Doubling.Fall next = doubling.next().orElseThrow();
        double fall = 0.9 / 101 - 0.9 / 201;
        assertTrue(next.low() < fall && fall < next.high(), next.toString());
        RunHistory wild = run(Loss.MSE, t -> falling(t) + (t % 2 == 1 ? 0.3 : 0), error);
        assertEquals(Optional.empty(), judge(wild).doubling(wild).orElseThrow().next());
        RunHistory stuck = run(Loss.MSE, JudgeTest::falling, error, t -> 1, Ending.EPOCHS, 1);
        assertEquals(
                Optional.empty(), judge(stuck).doubling(stuck).orElseThrow().next());
        RunHistory search = lbfgs(JudgeTest::falling, error, 0);
        assertEquals(
                Optional.empty(), judge(search).doubling(search).orElseThrow().next());
        RunHistory gone = run(Loss.MSE, JudgeTest::falling, error, t -> 1, Ending.DIVERGED, 0);
        assertEquals(Optional.empty(), judge(gone).doubling(gone));
        assertEquals(
                Optional.empty(),
                new Judge(List.of(steady), 0, false)
                        .doubling(steady)
                        .orElseThrow()
                        .next());
    }

    @Test
    void divergenceIsShownByTheLastEpoch() {
        RunHistory run = run(Loss.LOGISTIC, JudgeTest::falling, t -> 0.2, t -> 1, Ending.DIVERGED, 0);
        Verdict verdict = judge(GOOD, run).verdict(run);
        assertEquals(Kind.DIVERGED, verdict.kind());
        assertEquals(EPOCHS, verdict.epoch());
        assertEquals(Optional.empty(), judge(GOOD, run).settledEpoch(run));
        assertTrue(judge(run).best().isEmpty());
    }

    @Test
    void anErrorSettlesWithinAStandardErrorOfItsLowest() {
        // One standard error of 0.1 on 10,000 rows is 0.003: 0.8 e^(-t/5) is less from t = 5 ln(0.8/0.003) = 27.9 on.
        assertEquals(0.003, judge(GOOD).margin(GOOD), 1e-6);
        assertEquals(Optional.of(28), judge(GOOD).settledEpoch(GOOD));
        RunHistory late = run(Loss.LOGISTIC, JudgeTest::falling, t -> t == 60 ? 0.11 : 0.1);
        assertEquals(Optional.of(61), judge(late).settledEpoch(late));
    }

    @Test
    void anErrorMayNotSettleWithinTheEpochs() {
        RunHistory falling = run(Loss.LOGISTIC, JudgeTest::falling, t -> 0.9 - 0.005 * t);
        assertEquals(Optional.empty(), judge(falling).settledEpoch(falling));
        RunHistory leavesItsBest = run(Loss.LOGISTIC, JudgeTest::falling, t -> t < 50 ? 0.1 : 0.12);
        assertEquals(Optional.empty(), judge(leavesItsBest).settledEpoch(leavesItsBest));
        RunHistory slow = run(Loss.LOGISTIC, t -> 7 - 0.03 * t, t -> 0.2);
        assertEquals(Optional.empty(), judge(GOOD, slow).settledEpoch(slow));
    }

    @Test
    void aRejectedStepOfLbfgsIsNoOscillation() {
        IntToDoubleFunction spikes = t -> falling(t) + (t % 3 == 1 ? 9 : 0);
        RunHistory run = lbfgs(spikes, t -> 0.1, 0);
        Verdict verdict = judge(run).verdict(run);
        assertEquals(Kind.STEADY, verdict.kind());
        assertEquals(100, verdict.epoch());
        assertEquals("In 34 of 100 epochs the training cost was above its least so far.", verdict.reason());
        RunHistory descent = run(Loss.LOGISTIC, spikes, t -> 0.1);
        assertEquals(Kind.OSCILLATING, judge(descent).verdict(descent).kind());
    }

    @Test
    void everyEpochAboveTheLowestSoFarHasARejectedStep() {
        // The step of epoch 10 was halved twice: the cost rises once, and is above the least so far in three epochs.
        double[] trials = {Double.POSITIVE_INFINITY, 8, 4};
        RunHistory run = lbfgs(t -> t >= 10 && t < 13 ? trials[t - 10] : falling(t), t -> 0.1, 0);
        Verdict verdict = judge(run).verdict(run);
        assertEquals(13, verdict.epoch());
        assertEquals("In 3 of 100 epochs the training cost was above its least so far.", verdict.reason());
        RunHistory never = lbfgs(JudgeTest::falling, t -> 0.1, 0);
        assertEquals(
                "The training cost never rose.", judge(never).verdict(never).reason());
        RunHistory descent = run(Loss.LOGISTIC, t -> t >= 10 && t < 13 ? trials[t - 10] : falling(t), t -> 0.1);
        assertEquals(
                "The training cost has not risen since epoch 10.",
                judge(descent).verdict(descent).reason());
    }

    @Test
    void lbfgsMayBeTooSlowAndSaturated() {
        // Despite the spikes, the lowest cost so far is still falling.
        RunHistory slow = lbfgs(t -> 7 - 0.03 * t + (t == 100 ? 9 : 0), t -> 0.9 - 0.005 * t, 0);
        assertEquals(Kind.TOO_SLOW, judge(GOOD, slow).verdict(slow).kind());
        RunHistory settled = lbfgs(t -> t == 90 ? 9 : 3, t -> 0.4, 0);
        assertEquals(Kind.STEADY, judge(GOOD, settled).verdict(settled).kind());
        // The run has a stuck perceptron, but its gradient has not changed.
        RunHistory stuck = lbfgs(t -> t == 90 ? 9 : 3, t -> 0.4, 1);
        assertEquals(Kind.PARTLY_SATURATED, judge(GOOD, stuck).verdict(stuck).kind());
    }

    /** A run minimizes the sum of cost and penalty. */
    @Test
    void aRisingCostWithAFasterFallingPenaltyIsNoOscillation() {
        List<EpochMetrics> epochs = new ArrayList<>();
        for (int t = 0; t <= EPOCHS; t++) {
            epochs.add(new MadeUpMetrics(t, new Run(new Setting(Loss.LOGISTIC, 0.5, 0.1, 0), "one"))
                    .sets(1 + 0.001 * t, 0.1)
                    .penalty(1 - 0.002 * t)
                    .metrics());
        }
        RunHistory run = new RunHistory(epochs, Ending.EPOCHS, 0);
        assertEquals(Kind.STEADY, judge(run).verdict(run).kind());
    }

    @Test
    void oneEpochIsJudgedToo() {
        EpochMetrics start = metrics(0, new Run(Loss.MSE, 1), 1, 0.9, 1);
        RunHistory run = new RunHistory(List.of(start), Ending.EPOCHS, 0);
        assertEquals(Kind.STEADY, judge(run).verdict(run).kind());
        assertEquals(Optional.of(0), judge(run).settledEpoch(run));
    }

    private static double falling(int t) {
        return 1 + 6 * Math.exp(-t / 10.0);
    }

    private static Judge judge(RunHistory... runs) {
        return new Judge(List.of(runs), ROWS, false);
    }

    private static RunHistory lbfgs(IntToDoubleFunction cost, IntToDoubleFunction error, int stuckUnits) {
        Loss loss = stuckUnits > 0 ? Loss.MSE : Loss.LOGISTIC;
        Run run = new Run(new Setting(loss, Optimizer.LBFGS, List.of(0.0, 0.0, 0.0)), "lbfgs");
        return history(run, cost, error, t -> 1, Ending.EPOCHS, stuckUnits);
    }

    private static RunHistory run(Loss loss, IntToDoubleFunction cost, IntToDoubleFunction error) {
        return run(loss, cost, error, t -> 1, Ending.EPOCHS, 0);
    }

    private static RunHistory run(
            Loss loss,
            IntToDoubleFunction cost,
            IntToDoubleFunction error,
            IntToDoubleFunction gradientNorm,
            Ending ending,
            int stuckUnits) {
        return history(new Run(loss, 0.5), cost, error, gradientNorm, ending, stuckUnits);
    }

    private static RunHistory history(
            Run run,
            IntToDoubleFunction cost,
            IntToDoubleFunction error,
            IntToDoubleFunction gradientNorm,
            Ending ending,
            int stuckUnits) {
        List<EpochMetrics> epochs = new ArrayList<>();
        for (int t = 0; t <= EPOCHS; t++) {
            epochs.add(metrics(t, run, cost.applyAsDouble(t), error.applyAsDouble(t), gradientNorm.applyAsDouble(t)));
        }
        return new RunHistory(epochs, ending, stuckUnits);
    }

    private static EpochMetrics metrics(int epoch, Run run, double cost, double error, double gradientNorm) {
        return new MadeUpMetrics(epoch, run)
                .sets(cost, error)
                .gradientNorm(gradientNorm)
                .metrics();
    }
}
