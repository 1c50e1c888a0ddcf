package io.sparkperceptron.training;

import io.sparkperceptron.block.Split;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One step of every run, by its {@link StepRule}, in one pass over the weights. The pass also computes each run's
 * penalty, the norm of its gradient, whether its weights are finite, and whether any weight moves.
 */
final class Step {

    /** A rule that some runs use, with its arrays, see {@link StepRule#toDirection}. */
    @SuppressWarnings("ArrayRecordComponent")
    private record ActiveRule(StepRule rule, double[] own, double[][] kept, double[][] next) {}

    /** The searches of a run, and the gradient of each of its perceptrons. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Search(int run, List<Lbfgs> before, double[][] gradients) {}

    private final Weights weights;
    private final GradientSum sum;
    private final boolean weighted;
    private final int history;
    private final Weights next;
    private final Map<String, Weights> nextMatrices = new LinkedHashMap<>();
    private final List<List<Lbfgs>> nextSearches;
    private final List<ActiveRule> activeRules = new ArrayList<>();
    private final List<Search> searches = new ArrayList<>();
    /** For each column: alpha, lambda and {@link StepRule#laterRate}. */
    private final double[] rates;

    private final double[] l2s;
    private final double[] laterRates;
    private final boolean hasPenalty;
    /** Whether a later step may change a weight that this one does not. */
    private final boolean hasLaterRates;
    /** Sums for each column: w^2 without the bias, g^2, |w' - w|, and 0 w, which is NaN if a weight is not finite. */
    private final double[] weightSquares;

    private final double[] squares;
    private final double[] changes;
    private final double[] zeroOrNan;

    /**
     * Takes a step from {@code weights}, with the sum of a pass at these weights. Modifies no argument.
     *
     * @param weighted see {@link GradientFunction#isWeighted}
     * @param history see {@link TrainingPlan}
     */
    Step(Weights weights, Kept kept, List<Run> runs, GradientSum sum, boolean weighted, int history) {
        this.weights = weights;
        this.sum = sum;
        this.weighted = weighted;
        this.history = history;
        this.next = new Weights(weights.features(), weights.classes(), weights.runs());
        for (String name : kept.matrices().keySet()) {
            nextMatrices.put(name, new Weights(weights.features(), weights.classes(), weights.runs()));
        }
        for (StepRule rule : StepRule.values()) {
            if (!rule.kept().isEmpty() && nextMatrices.keySet().containsAll(rule.kept())) {
                activeRules.add(new ActiveRule(
                        rule, column(runs, rule::own), arrays(rule, kept.matrices()), arrays(rule, nextMatrices)));
            }
        }
        this.nextSearches = new ArrayList<>(kept.searches());
        for (int run = 0; run < runs.size(); run++) {
            if (runs.get(run).isByLbfgs()) {
                double[][] gradients = new double[weights.classes()][weights.features() + 1];
                searches.add(new Search(run, kept.searches().get(run), gradients));
            }
        }
        this.rates = column(runs, setting -> setting.isByLbfgs() ? 0 : setting.learningRate());
        this.l2s = column(runs, Setting::l2);
        this.laterRates = column(runs, run -> StepRule.of(run).laterRate(run));
        this.hasPenalty = Arrays.stream(l2s).anyMatch(l2 -> l2 > 0);
        this.hasLaterRates = Arrays.stream(laterRates).anyMatch(rate -> rate > 0);
        this.weightSquares = new double[rates.length];
        this.squares = new double[rates.length];
        this.changes = new double[rates.length];
        this.zeroOrNan = new double[rates.length];
        walk();
        searches.forEach(this::search);
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

    Weights next() {
        return next;
    }

    Kept nextKept() {
        return new Kept(nextMatrices, nextSearches);
    }

    /** Whether the run can return to an earlier point. */
    boolean canReturn(int run) {
        return searches.stream()
                .anyMatch(search -> search.run == run && search.before.stream().allMatch(Lbfgs::isStarted));
    }

    /** The run's model if it ends here: the weights before the step, or the best points of its searches. */
    PerceptronModel model(int run) {
        Weights best = weights.keepRuns(new int[] {run});
        List<Lbfgs> own = nextSearches.get(run);
        for (int c = 0; c < own.size(); c++) {
            best.setColumn(c, own.get(c).best());
        }
        return best.run(0);
    }

    /** The penalty of the run's weights before the step. */
    double penalty(int run) {
        return total(this::columnPenalty, run);
    }

    private double columnPenalty(int column) {
        return l2s[column] > 0 ? l2s[column] / 2 * weightSquares[column] : 0;
    }

    /** The Euclidean norm of the run's gradient, penalty included. */
    double norm(int run) {
        return Math.sqrt(total(p -> squares[p], run));
    }

    /** Whether this step, or a later one with the same gradient, changes a weight of the run. */
    boolean moves(int run) {
        return total(p -> changes[p], run) != 0;
    }

    /** Whether all weights of the run are finite before the step. */
    boolean startsFinite(int run) {
        return total(p -> zeroOrNan[p], run) == 0;
    }

    private double total(IntToDoubleFunction column, int run) {
        double total = 0;
        for (int p = run * weights.classes(); p < (run + 1) * weights.classes(); p++) {
            total += column.applyAsDouble(p);
        }
        return total;
    }

    /** Has no branches in the inner loops, because HotSpot does not vectorize them. */
    private void walk() {
        double[] before = weights.values();
        double[] after = next.values();
        double[] gradient = new double[rates.length];
        for (int feature = 0; feature <= weights.features(); feature++) {
            sum.meanGradient(feature, gradient);
            int row = feature * weights.stride();
            if (hasPenalty && feature < weights.features()) {
                addPenalty(row, gradient);
            }
            for (int p = 0; p < gradient.length; p++) {
                squares[p] = Math.fma(gradient[p], gradient[p], squares[p]);
            }
            for (Search search : searches) {
                for (int c = 0; c < search.gradients.length; c++) {
                    search.gradients[c][feature] = gradient[search.run * weights.classes() + c];
                }
            }
            if (hasLaterRates) {
                addLaterChanges(row, gradient);
            }
            for (ActiveRule active : activeRules) {
                active.rule.toDirection(row, gradient, active.own, active.kept, active.next);
            }
            for (int p = 0; p < gradient.length; p++) {
                after[row + p] = before[row + p] - rates[p] * gradient[p];
            }
            for (int p = 0; p < gradient.length; p++) {
                changes[p] += Math.abs(after[row + p] - before[row + p]);
                zeroOrNan[p] += 0 * before[row + p];
            }
        }
    }

    /** Replaces a run's next weights by the trials of its searches. */
    private void search(Search search) {
        List<Lbfgs> after = new ArrayList<>();
        for (int c = 0; c < weights.classes(); c++) {
            int column = search.run * weights.classes() + c;
            Lbfgs before = search.before.get(c);
            double[] tried = weights.column(column);
            Lbfgs one = weighted
                    ? before.nextBySlope(tried, Double.isFinite(objective(column)), search.gradients[c], history)
                    : before.next(tried, objective(column), search.gradients[c], history);
            after.add(one);
            double[] trial = one.trial();
            next.setColumn(column, trial);
            changes[column] = Arrays.equals(trial, one.best()) ? 0 : 1;
        }
        nextSearches.set(search.run, after);
    }

    /** The cost plus penalty of one perceptron before the step. */
    private double objective(int column) {
        return sum.perceptronCost(Split.TRAIN, column) + columnPenalty(column);
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
