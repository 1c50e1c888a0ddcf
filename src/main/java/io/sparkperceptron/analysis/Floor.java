package io.sparkperceptron.analysis;

import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The lowest objective J, cost plus penalty, of all epochs of all runs with one loss and l2.
 *
 * <p>With a penalty and a convex loss, the floor has a proven distance to the minimum. The penalty makes a convex J strongly convex in
 * the weights w, so J(w, b) is at most |g|^2 / (2 l2) above the minimum over w for the same biases b, with g the
 * gradient of J (Y. Nesterov, "Introductory Lectures on Convex Optimization", 2004, theorem 2.1.10). The penalty
 * excludes the biases, and so does the bound: other biases may have a lower minimum.
 *
 * @param least the epoch with the lowest objective
 * @param distance an upper bound of its distance to the minimum for its biases; empty without penalty, and for a loss
 *     that is not convex
 */
public record Floor(EpochMetrics least, OptionalDouble distance) {

    /** The floor for each setting of L-BFGS among the runs, see {@link #key}. */
    public static Map<Setting, Floor> of(List<RunHistory> runs) {
        Map<Setting, Floor> floors = new HashMap<>();
        for (RunHistory search : runs) {
            Setting setting = search.run().setting();
            if (setting.isByLbfgs()) {
                runs.stream()
                        .filter(run -> key(run).equals(setting))
                        .flatMap(run -> run.epochs().stream())
                        .filter(EpochMetrics::isFinite)
                        .min(Comparator.comparingDouble(EpochMetrics::objective))
                        .ifPresent(least -> floors.put(setting, new Floor(least, distance(least))));
            }
        }
        return floors;
    }

    /** The key of a run's floor in the result of {@link #of}. */
    public static Setting key(RunHistory run) {
        return Setting.lbfgs(run.run().loss(), run.run().setting().l2());
    }

    private static OptionalDouble distance(EpochMetrics least) {
        double l2 = least.run().setting().l2();
        return l2 == 0 || !least.run().loss().isConvex()
                ? OptionalDouble.empty()
                : OptionalDouble.of(least.gradientNorm() * least.gradientNorm() / (2 * l2));
    }

    /** The distance of the run's last objective above the floor, as a fraction of the floor. */
    public double above(RunHistory run) {
        return run.last().objective() / least.objective() - 1;
    }

    /** The run's first epoch with an objective of at most 1 + {@code fraction} times the floor. */
    public Optional<Integer> firstWithin(double fraction, RunHistory run) {
        return run.epochs().stream()
                .filter(epoch -> epoch.objective() <= (1 + fraction) * least.objective())
                .map(EpochMetrics::epoch)
                .findFirst();
    }
}
