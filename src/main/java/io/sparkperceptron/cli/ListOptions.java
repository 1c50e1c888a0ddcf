package io.sparkperceptron.cli;

import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Options that take a list with commas. As one value each, so that an option given again replaces the list rather than
 * adding to it.
 */
final class ListOptions {

    private ListOptions() {}

    record Losses(List<Loss> losses) {}

    record Numbers(List<Double> numbers) {}

    static final class LossesConverter implements ITypeConverter<Losses> {
        @Override
        public Losses convert(String text) {
            try {
                return new Losses(words(text).stream().map(Loss::of).toList());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /**
     * An option for each hyperparameter, to be mixed into a command.
     *
     * @param meaning what the help says of it; null leaves it out
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

    /** What was asked for of each hyperparameter, in their order. */
    static List<List<Double>> values(CommandSpec spec) {
        return Hyperparameter.ALL.stream()
                .map(one -> {
                    OptionSpec option = spec.findOption("--" + one.dashed());
                    Numbers given = option == null ? null : option.getValue();
                    return given == null ? List.of(one.standard()) : given.numbers();
                })
                .toList();
    }

    /**
     * The number.
     *
     * @throws TypeConversionException if it is none that is admitted
     */
    static double number(String word, Hyperparameter one) {
        try {
            double number = Double.parseDouble(word);
            if (one.admits(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with what was expected.
        }
        String number = one.isBounded() ? "a number" : "a finite number";
        throw new TypeConversionException(one.expected(number) + ", got '" + word + "'");
    }

    static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
