package io.sparkperceptron.training;

import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One step of every run, by its {@link StepRule}, in one walk over the matrix. The walk also finds each run's penalty,
 * the norm of its gradient, whether its weights are finite, and whether any weight moves.
 */
final class Step {

    /** A rule at work, see {@link StepRule#turn}. */
    private static final class Turn {
        private final StepRule rule;
        private final double[] own;
        private final double[][] kept;
        private final double[][] next;

        private Turn(StepRule rule, double[] own, double[][] kept, double[][] next) {
            this.rule = rule;
            this.own = own;
            this.kept = kept;
            this.next = next;
        }
    }

    private final Weights weights;
    private final GradientSum sum;
    private final Weights next;
    private final Map<String, Weights> nextKept = new LinkedHashMap<>();
    private final List<Turn> turns = new ArrayList<>();
    /** For each column: alpha, lambda and {@link StepRule#laterRate}. */
    private final double[] rates;

    private final double[] l2s;
    private final double[] laterRates;
    private final boolean punished;
    /** Whether a later step may change a weight that this one does not. */
    private final boolean lasting;
    /** Sums for each column: w^2 without the bias, g^2, |w' - w|, and 0 w. The last is NaN once a w is not finite. */
    private final double[] weightSquares;

    private final double[] squares;
    private final double[] changes;
    private final double[] infinities;

    private Step(Weights weights, Map<String, Weights> kept, List<Run> runs, GradientSum sum) {
        this.weights = weights;
        this.sum = sum;
        this.next = new Weights(weights.features(), weights.classes(), weights.runs());
        kept.keySet()
                .forEach(
                        name -> nextKept.put(name, new Weights(weights.features(), weights.classes(), weights.runs())));
        for (StepRule rule : StepRule.values()) {
            if (!rule.kept().isEmpty() && kept.keySet().containsAll(rule.kept())) {
                turns.add(new Turn(rule, column(runs, rule::own), arrays(rule, kept), arrays(rule, nextKept)));
            }
        }
        this.rates = column(runs, Setting::learningRate);
        this.l2s = column(runs, Setting::l2);
        this.laterRates = column(runs, run -> StepRule.of(run).laterRate(run));
        this.punished = Arrays.stream(l2s).anyMatch(l2 -> l2 > 0);
        this.lasting = Arrays.stream(laterRates).anyMatch(rate -> rate > 0);
        this.weightSquares = new double[rates.length];
        this.squares = new double[rates.length];
        this.changes = new double[rates.length];
        this.infinities = new double[rates.length];
    }

    private static double[][] arrays(StepRule rule, Map<String, Weights> kept) {
        return rule.kept().stream().map(name -> kept.get(name).values()).toArray(double[][]::new);
    }

    private double[] column(List<Run> runs, ToDoubleFunction<Setting> value) {
        return IntStream.range(0, weights.columns())
                .mapToDouble(
                        p -> value.applyAsDouble(runs.get(p / weights.classes()).setting()))
                .toArray();
    }

    /** Takes a step from {@code weights}, with the sum of a pass at these. Neither weights nor {@code kept} change. */
    static Step from(Weights weights, Map<String, Weights> kept, List<Run> runs, GradientSum sum) {
        Step step = new Step(weights, kept, runs, sum);
        step.take();
        return step;
    }

    Weights next() {
        return next;
    }

    Map<String, Weights> nextKept() {
        return nextKept;
    }

    /** The penalty of the run's weights before the step. */
    double penalty(int run) {
        double penalty = 0;
        for (int p = run * weights.classes(); punished && p < (run + 1) * weights.classes(); p++) {
            penalty += l2s[p] > 0 ? l2s[p] / 2 * weightSquares[p] : 0;
        }
        return penalty;
    }

    /** The Euclidean norm of the run's gradient, penalty included. */
    double norm(int run) {
        return Math.sqrt(total(squares, run));
    }

    /** Whether this step, or a later one with the same gradient, changes a weight of the run. */
    boolean moves(int run) {
        return total(changes, run) != 0;
    }

    /** Whether all weights of the run are finite before the step. */
    boolean startsFinite(int run) {
        return total(infinities, run) == 0;
    }

    private double total(double[] columns, int run) {
        double total = 0;
        for (int p = run * weights.classes(); p < (run + 1) * weights.classes(); p++) {
            total += columns[p];
        }
        return total;
    }

    /** HotSpot vectorizes sums, not branches. */
    private void take() {
        double[] before = weights.values();
        double[] after = next.values();
        double[] gradient = new double[rates.length];
        for (int feature = 0; feature <= weights.features(); feature++) {
            sum.meanGradient(feature, gradient);
            int row = feature * weights.stride();
            if (punished && feature < weights.features()) {
                addPenalty(row, gradient);
            }
            for (int p = 0; p < gradient.length; p++) {
                squares[p] = Math.fma(gradient[p], gradient[p], squares[p]);
            }
            if (lasting) {
                addLaterChanges(row, gradient);
            }
            for (Turn turn : turns) {
                turn.rule.turn(row, gradient, turn.own, turn.kept, turn.next);
            }
            for (int p = 0; p < gradient.length; p++) {
                after[row + p] = before[row + p] - rates[p] * gradient[p];
            }
            for (int p = 0; p < gradient.length; p++) {
                changes[p] += Math.abs(after[row + p] - before[row + p]);
                infinities[p] += 0 * before[row + p];
            }
        }
    }

    /** Modified: gradient. */
    private void addPenalty(int row, double[] gradient) {
        double[] before = weights.values();
        for (int p = 0; p < gradient.length; p++) {
            weightSquares[p] = Math.fma(before[row + p], before[row + p], weightSquares[p]);
        }
        Penalty.addGradient(l2s, before, row, gradient, 0);
    }

    private void addLaterChanges(int row, double[] gradient) {
        double[] before = weights.values();
        for (int p = 0; p < gradient.length; p++) {
            changes[p] += Math.abs(before[row + p] - laterRates[p] * gradient[p] - before[row + p]);
        }
    }
}
