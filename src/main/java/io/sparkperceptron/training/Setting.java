package io.sparkperceptron.training;

import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run minimizes, and how: the mean cost of its loss plus l2/2 |w|^2, without the biases, by a {@link StepRule}.
 *
 * @param values in the order of {@link Hyperparameter#ALL}; NaN for those that the optimizer does not use
 */
public record Setting(Loss loss, Optimizer optimizer, List<Double> values) {

    public Setting {
        if (values.size() != Hyperparameter.ALL.size()) {
            throw new IllegalArgumentException(
                    "expected " + Hyperparameter.ALL.size() + " values, got " + values.size());
        }
        List<Double> given = values;
        // Adding 0 turns -0.0 into 0.0, which is written 0.
        values = Hyperparameter.ALL.stream()
                .map(one -> optimizer.uses(one) ? given.get(one.place()) + 0.0 : Double.NaN)
                .toList();
        for (Hyperparameter one : Hyperparameter.ALL) {
            if (optimizer.uses(one)) {
                one.require(values.get(one.place()));
            }
        }
    }

    /** A setting of gradient descent. Omitted values are 0. */
    public Setting(Loss loss, double... values) {
        this(
                loss,
                Optimizer.DESCENT,
                Arrays.stream(Arrays.copyOf(values, Math.max(values.length, Hyperparameter.ALL.size())))
                        .boxed()
                        .toList());
    }

    /** A setting of L-BFGS. */
    public static Setting lbfgs(Loss loss, double l2) {
        return new Setting(loss, Optimizer.LBFGS, Collections.nCopies(Hyperparameter.ALL.size(), l2));
    }

    /**
     * All combinations of losses, optimizers and values of the hyperparameters that the optimizer uses, in this order.
     *
     * @throws IllegalArgumentException if a value is out of bounds
     */
    public static List<Setting> grid(List<Loss> losses, List<Optimizer> optimizers, List<List<Double>> values) {
        return losses.stream()
                .flatMap(loss -> optimizers.stream().flatMap(optimizer -> points(used(optimizer, values))
                        .map(point -> new Setting(loss, optimizer, point))))
                .toList();
    }

    /** The values of each hyperparameter; a single one, without effect, where the optimizer does not use it. */
    private static List<List<Double>> used(Optimizer optimizer, List<List<Double>> values) {
        return Hyperparameter.ALL.stream()
                .map(one -> optimizer.uses(one) ? values.get(one.place()) : List.of(one.standard()))
                .toList();
    }

    private static Stream<List<Double>> points(List<List<Double>> values) {
        if (values.isEmpty()) {
            return Stream.of(List.of());
        }
        return values.get(0).stream().flatMap(first -> points(values.subList(1, values.size()))
                .map(others -> Stream.concat(Stream.of(first), others.stream()).toList()));
    }

    public boolean isByLbfgs() {
        return optimizer == Optimizer.LBFGS;
    }

    /** NaN if the optimizer has no learning rate. */
    public double learningRate() {
        return value(Hyperparameter.LEARNING_RATE);
    }

    public double l2() {
        return value(Hyperparameter.L2);
    }

    public double value(Hyperparameter hyperparameter) {
        return values.get(hyperparameter.place());
    }

    /** A number as people write it: 10, not 10.0; 0.01, not 1e-2. */
    public static String text(double number) {
        BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
        boolean shortEnough = decimal.precision() - decimal.scale() <= 7 && decimal.scale() <= 7;
        return shortEnough ? decimal.toPlainString() : decimal.toString();
    }
}
