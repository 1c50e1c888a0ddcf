package io.sparkperceptron.cli;

import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.lang3.math.NumberUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Options that take a list with commas. A list is one value, so that an option given again replaces it instead of
 * adding to it.
 */
final class ListOptions {

    private ListOptions() {}

    record Losses(List<Loss> losses) {

        /** @throws IllegalArgumentException if one is unknown */
        static Losses of(String text) {
            return new Losses(words(text).stream().map(Loss::of).toList());
        }
    }

    record Numbers(List<Double> numbers) {}

    /**
     * Makes a mix-in with an option for each hyperparameter.
     *
     * @param meaning the help text of a hyperparameter; null leaves it out
     */
    static CommandSpec of(Function<Hyperparameter, String> meaning) {
        CommandSpec spec = CommandSpec.create();
        Hyperparameter.ALL.stream().filter(one -> meaning.apply(one) != null).forEach(one -> {
            ITypeConverter<Numbers> converter = one.equals(Hyperparameter.LEARNING_RATE)
                    ? new RatesConverter()
                    : text -> new Numbers(
                            words(text).stream().map(word -> number(word, one)).toList());
            spec.addOption(OptionSpec.builder("--" + one.dashed())
                    .paramLabel(one.symbol() + "[," + one.symbol() + "...]")
                    .type(Numbers.class)
                    .converters(converter)
                    .description(meaning.apply(one) + " (default: " + Setting.text(one.standard()) + ")")
                    .build());
        });
        return spec;
    }

    /** The values that were given for each hyperparameter, or its default, in the order of the hyperparameters. */
    static List<List<Double>> values(CommandSpec spec) {
        return Hyperparameter.ALL.stream()
                .map(one -> {
                    OptionSpec option = spec.findOption("--" + one.dashed());
                    Numbers given = option == null ? null : option.getValue();
                    return given == null ? List.of(one.standard()) : given.numbers();
                })
                .toList();
    }

    /** @throws TypeConversionException if the word is no number, or one that the hyperparameter does not admit */
    static double number(String word, Hyperparameter one) {
        double number = NumberUtils.toDouble(word, Double.NaN);
        if (!one.admits(number)) {
            String expected = one.expected(one.isBounded() ? "a number" : "a finite number");
            throw new TypeConversionException(expected + ", got '" + word + "'");
        }
        return number;
    }

    static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
