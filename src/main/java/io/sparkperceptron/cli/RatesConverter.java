package io.sparkperceptron.cli;

import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.training.RateRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts a list with commas of learning rates and of ranges, {@code FIRST..LAST:COUNT}. A rate that also lies in a
 * range counts once.
 */
final class RatesConverter implements ITypeConverter<ListOptions.Numbers> {

    static final String RANGES =
            "; also a range, FIRST..LAST:COUNT, evenly on a logarithmic scale, such as 0.01..10:30";
    private static final Pattern RANGE = Pattern.compile("(.*?)\\.\\.(.*):(.*)");

    @Override
    public ListOptions.Numbers convert(String text) {
        List<Double> rates = new ArrayList<>();
        Set<Double> ofRanges = new HashSet<>();
        for (String word : ListOptions.words(text)) {
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
        return new ListOptions.Numbers(rates);
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
        return ListOptions.number(word.strip(), Hyperparameter.LEARNING_RATE);
    }
}
