package io.sparkperceptron.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learning rates from {@code first} to {@code last}, evenly spaced on a logarithmic scale: r_i = first (last /
 * first)^(i / (count - 1)), rounded to few digits. The number of digits is the smallest, at least two, that moves no
 * rate by more than a fifth of the gap to the next, on the logarithmic scale.
 */
public record RateRange(double first, double last, int count) {

    public static final int MOST = 10_000;

    private static final int FEWEST_DIGITS = 2;
    private static final int MOST_DIGITS = 17;
    private static final double MOST_SHIFT = 0.2;

    public RateRange {
        if (!(first > 0 && last < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected finite rates above 0, got " + first + " and " + last);
        }
        if (!(first < last)) {
            throw new IllegalArgumentException("expected a range from a smaller rate to a larger one, got from "
                    + Setting.text(first) + " to " + Setting.text(last));
        }
        if (count < 2 || count > MOST) {
            throw new IllegalArgumentException("expected 2 to " + MOST + " rates in a range, got " + count);
        }
    }

    /**
     * The rates, ascending; the first and the last are not rounded. Throws an IllegalArgumentException if doubles cannot
     * separate rates this close.
     */
    public List<Double> rates() {
        double[] logs = IntStream.range(0, count)
                .mapToDouble(i -> StrictMath.log(first) + i * gap())
                .toArray();
        for (int digits = FEWEST_DIGITS; digits <= MOST_DIGITS; digits++) {
            MathContext rounding = new MathContext(digits);
            double[] rates = new double[count];
            rates[0] = first;
            rates[count - 1] = last;
            for (int i = 1; i < count - 1; i++) {
                rates[i] = BigDecimal.valueOf(StrictMath.exp(logs[i]))
                        .round(rounding)
                        .doubleValue();
            }
            if (IntStream.range(0, count)
                    .allMatch(i -> Math.abs(StrictMath.log(rates[i]) - logs[i]) <= MOST_SHIFT * gap())) {
                return Arrays.stream(rates).boxed().toList();
            }
        }
        throw new IllegalArgumentException("expected room for " + count + " rates from " + first + " to " + last
                + ", got rates too near each other");
    }

    private double gap() {
        return (StrictMath.log(last) - StrictMath.log(first)) / (count - 1);
    }
}
