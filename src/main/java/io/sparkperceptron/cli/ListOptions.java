package io.sparkperceptron.cli;

import io.sparkperceptron.model.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Options that take a list with commas. As one value each, so that an option given again replaces the list rather than
 * adding to it.
 */
final class ListOptions {

    private ListOptions() {}

    record Losses(List<Loss> losses) {}

    record Numbers(List<Double> numbers) {

        private static Numbers of(String text, DoublePredicate admitted, String expected) {
            return new Numbers(words(text).stream()
                    .map(word -> number(word, admitted, expected))
                    .toList());
        }
    }

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

    static final class PenaltiesConverter implements ITypeConverter<Numbers> {
        @Override
        public Numbers convert(String text) {
            return Numbers.of(
                    text,
                    number -> number >= 0 && number < Double.POSITIVE_INFINITY,
                    "expected a finite number of at least 0");
        }
    }

    static final class MomentaConverter implements ITypeConverter<Numbers> {
        @Override
        public Numbers convert(String text) {
            return Numbers.of(text, number -> number >= 0 && number < 1, "expected a number of at least 0 and below 1");
        }
    }

    /**
     * The number.
     *
     * @throws TypeConversionException if it is none that is admitted
     */
    static double number(String word, DoublePredicate admitted, String expected) {
        try {
            double number = Double.parseDouble(word);
            if (admitted.test(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with what was expected.
        }
        throw new TypeConversionException(expected + ", got '" + word + "'");
    }

    static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
