package io.sparkperceptron.cli;

import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.RateRange;
import io.sparkperceptron.training.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** The end of the help text of learning rates. */
    static final String RANGES =
            "; also a range, FIRST..LAST:COUNT, evenly on a logarithmic scale, such as 0.01..10:30";

    private static final Pattern RANGE = Pattern.compile("(.*?)\\.\\.(.*):(.*)");

    private ListOptions() {}

    record Losses(List<Loss> losses) {

        /** @throws IllegalArgumentException if one is unknown */
        static Losses of(String text) {
            return new Losses(words(text).stream().map(Loss::of).toList());
        }
    }

    record Optimizers(List<Optimizer> optimizers) {

        /** @throws IllegalArgumentException if one is unknown */
        static Optimizers of(String text) {
            return new Optimizers(words(text).stream().map(Optimizer::of).toList());
        }
    }

    record Numbers(List<Double> numbers) {}

    record Names(List<String> names) {
        static Names of(String text) {
            return new Names(List.of(text.split(",", -1)));
        }
    }

    /** Pairs such as {@code sep=;,header=false}. A value may be a comma. */
    record Pairs(Map<String, String> values) {

        /** @throws IllegalArgumentException if one has no = */
        static Pairs of(String text) {
            Map<String, String> values = new LinkedHashMap<>();
            for (String pair : text.split(",(?=[A-Za-z]+=)", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("expected NAME=VALUE, got '" + pair + "'");
                }
                values.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
            return new Pairs(values);
        }
    }

    /** A mix-in with an option for each hyperparameter whose {@code meaning}, the text for the help, is not null. */
    static CommandSpec of(Function<Hyperparameter, String> meaning) {
        CommandSpec spec = CommandSpec.create();
        Hyperparameter.ALL.stream().filter(one -> meaning.apply(one) != null).forEach(one -> {
            ITypeConverter<Numbers> converter = text -> new Numbers(
                    one.equals(Hyperparameter.LEARNING_RATE)
                            ? rates(text)
                            : words(text).stream()
                                    .map(word -> number(word, one))
                                    .toList());
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
    private static double number(String word, Hyperparameter one) {
        double number = NumberUtils.toDouble(word, Double.NaN);
        if (!one.admits(number)) {
            String expected = one.expected(one.isBounded() ? "a number" : "a finite number");
            throw new TypeConversionException(expected + ", got '" + word + "'");
        }
        return number;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /** Learning rates and the rates of ranges. A rate that also lies in a range counts once. */
    private static List<Double> rates(String text) {
        List<Double> rates = new ArrayList<>();
        Set<Double> ofRanges = new HashSet<>();
        for (String word : words(text)) {
            if (word.contains("..")) {
                List<Double> range = range(word);
                range.stream().filter(rate -> !rates.contains(rate)).forEach(rates::add);
                ofRanges.addAll(range);
            } else {
                double rate = rate(word);
                if (!ofRanges.contains(rate)) {
                    rates.add(rate);
                }
            }
        }
        return rates;
    }

    private static List<Double> range(String word) {
        Matcher matcher = RANGE.matcher(word);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "expected a range of rates as FIRST..LAST:COUNT, such as 0.01..10:30, got '" + word + "'");
        }
        try {
            return new RateRange(rate(matcher.group(1)), rate(matcher.group(2)), count(matcher.group(3))).rates();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage() + ", in '" + word + "'");
        }
    }

    private static int count(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected 2 to " + RateRange.MOST + " rates in a range, got " + text.strip(), e);
        }
    }

    private static double rate(String word) {
        return number(word.strip(), Hyperparameter.LEARNING_RATE);
    }
}
