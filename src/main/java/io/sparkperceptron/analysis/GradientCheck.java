package io.sparkperceptron.analysis;

import io.sparkperceptron.block.Split;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.GradientFunction;
import io.sparkperceptron.training.Penalty;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Compares the gradient of the training cost and penalty with central differences, (J(w + h e_j) - J(w - h e_j)) / 2h.
 * Two runs check the weights of one feature in all classes at once, see {@link Loss}.
 */
public final class GradientCheck {

    /** A larger deviation, relative to the largest entry of the gradient, shows that the gradient is wrong. */
    public static final double MOST_DEVIATION = 1e-6;

    /** h times the largest |x|. */
    private static final double LARGEST_CHANGE = 1e-4;
    /** The most features per pass, with two runs for each, and the most bytes of their weights. */
    private static final int MOST_FEATURES_PER_PASS = 16;

    private static final long MOST_BYTES_PER_PASS = 16L << 20;

    /**
     * The largest deviation.
     *
     * @param entries the number of weights checked
     * @param label of the entry that deviates most
     * @param feature of that entry; d is the bias
     * @param analytic its gradient
     * @param numeric its central difference
     * @param deviation |analytic - numeric| over the largest |analytic| of all weights; undivided if that is 0
     */
    public record Deviation(int entries, int label, int feature, double analytic, double numeric, double deviation) {

        public boolean passed() {
            return deviation <= MOST_DEVIATION;
        }
    }

    private GradientCheck() {}

    /**
     * Checks the weights of some features in all classes.
     *
     * @param l2 of the penalty; 0 for none
     * @param features from 0 to d, where d is the bias
     * @param largestValue the largest |x| of any scaled feature
     */
    public static Deviation check(
            GradientFunction gradient,
            PerceptronModel model,
            Loss loss,
            double l2,
            List<Integer> features,
            double largestValue) {
        int classes = model.classes();
        double step = LARGEST_CHANGE / Math.max(1, largestValue);
        Weights weights = Weights.of(List.of(model));
        double[] analytic = gradient.at(weights, List.of(Objective.of(loss))).meanGradient();
        Penalty.addGradient(l2, weights, analytic);
        double scale = DoubleStream.of(analytic).map(Math::abs).max().orElse(0);
        long bytes = 2L * Double.BYTES * classes * (model.features() + 1L);
        int perPass = (int) Math.max(1, Math.min(MOST_FEATURES_PER_PASS, MOST_BYTES_PER_PASS / bytes));
        Deviation worst = null;
        for (int from = 0; from < features.size(); from += perPass) {
            List<Integer> some = features.subList(from, Math.min(features.size(), from + perPass));
            Weights moved = moved(model, some, step);
            GradientSum costs = gradient.at(moved, Collections.nCopies(2 * some.size(), Objective.of(loss)));
            for (int i = 0; i < some.size(); i++) {
                for (int c = 0; c < classes; c++) {
                    int up = 2 * i * classes + c;
                    int down = up + classes;
                    double cost = costs.perceptronCost(Split.TRAIN, up) - costs.perceptronCost(Split.TRAIN, down);
                    double penalty = Penalty.ofPerceptron(l2, moved, up) - Penalty.ofPerceptron(l2, moved, down);
                    double numeric = (cost + penalty) / (2 * step);
                    double entry = analytic[some.get(i) * weights.stride() + c];
                    double deviation = scale == 0 ? Math.abs(entry - numeric) : Math.abs(entry - numeric) / scale;
                    if (worst == null || !(deviation <= worst.deviation())) {
                        worst = new Deviation(features.size() * classes, c, some.get(i), entry, numeric, deviation);
                    }
                }
            }
        }
        return worst;
    }

    /** Two runs for each feature: one with its weights in all classes a step up, the next one a step down. */
    private static Weights moved(PerceptronModel model, List<Integer> features, double step) {
        int classes = model.classes();
        Weights weights = Weights.of(Collections.nCopies(2 * features.size(), model));
        for (int run = 0; run < weights.runs(); run++) {
            for (int c = 0; c < classes; c++) {
                int entry = features.get(run / 2) * weights.stride() + run * classes + c;
                weights.values()[entry] += run % 2 == 0 ? step : -step;
            }
        }
        return weights;
    }
}
