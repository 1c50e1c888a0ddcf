package io.sparkperceptron.training;

import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run minimizes the mean cost of its loss plus l2/2 |w|^2, without the biases, by its {@link StepRule}.
 *
 * @param values of the hyperparameters, in their order
 */
public record Setting(Loss loss, List<Double> values) {

    public Setting {
        if (values.size() != Hyperparameter.ALL.size()) {
            throw new IllegalArgumentException(
                    "expected " + Hyperparameter.ALL.size() + " values, got " + values.size());
        }
        for (Hyperparameter one : Hyperparameter.ALL) {
            one.require(values.get(one.place()));
        }
        // Turns -0.0 into 0.0, which is written 0.
        values = values.stream().map(value -> value + 0.0).toList();
    }

    /** Values left out are 0. */
    public Setting(Loss loss, double... values) {
        this(
                loss,
                Arrays.stream(Arrays.copyOf(values, Math.max(values.length, Hyperparameter.ALL.size())))
                        .boxed()
                        .toList());
    }

    /**
     * Every loss with every value of the first hyperparameter, of the second, and so on, in this order.
     *
     * @throws IllegalArgumentException if a value is out of bounds
     */
    public static List<Setting> grid(List<Loss> losses, List<List<Double>> values) {
        return losses.stream()
                .flatMap(loss -> points(values).map(point -> new Setting(loss, point)))
                .toList();
    }

    private static Stream<List<Double>> points(List<List<Double>> values) {
        if (values.isEmpty()) {
            return Stream.of(List.of());
        }
        return values.get(0).stream().flatMap(first -> points(values.subList(1, values.size()))
                .map(others -> Stream.concat(Stream.of(first), others.stream()).toList()));
    }

    public double learningRate() {
        return value(Hyperparameter.LEARNING_RATE);
    }

    public double l2() {
        return value(Hyperparameter.L2);
    }

    public double value(Hyperparameter hyperparameter) {
        return values.get(hyperparameter.place());
    }

    /** A number as a person writes it: 10, not 10.0; 0.01, not 1e-2. */
    public static String text(double number) {
        BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
        boolean shortEnough = decimal.precision() - decimal.scale() <= 7 && decimal.scale() <= 7;
        return shortEnough ? decimal.toPlainString() : decimal.toString();
    }
}
