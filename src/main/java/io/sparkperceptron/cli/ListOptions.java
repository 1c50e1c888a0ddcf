package io.sparkperceptron.cli;

import io.sparkperceptron.model.Loss;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Options that take a list with commas. As one value each, so that an option given again replaces the list rather than
 * adding to it.
 */
final class ListOptions {

    private ListOptions() {}

    record Losses(List<Loss> losses) {}

    record Rates(List<Double> rates) {}

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

    static final class RatesConverter implements ITypeConverter<Rates> {
        @Override
        public Rates convert(String text) {
            return new Rates(words(text).stream().map(RatesConverter::rate).toList());
        }

        private static double rate(String word) {
            try {
                double rate = Double.parseDouble(word);
                if (rate > 0 && rate < Double.POSITIVE_INFINITY) {
                    return rate;
                }
            } catch (NumberFormatException e) {
                // Said below, with what was expected.
            }
            throw new TypeConversionException("expected a finite number above 0, got '" + word + "'");
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
