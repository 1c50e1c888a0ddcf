package io.sparkperceptron.notes;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * An axis of a chart, to scale.
 *
 * @param logarithmic whether equal ratios have equal lengths; then both ends are above 0
 */
public record Axis(double low, double high, boolean logarithmic) {

    private static final int MOST_TICKS = 8;
    private static final double[] ROUND = {1, 2, 5};
    /** The relative error of rounding: keeps a tick whose computed value lies just beyond an end. */
    private static final double SLACK = 1e-9;

    public static Axis of(DoubleStream values, boolean logarithmic) {
        double[] found = values.filter(Double::isFinite).toArray();
        double low = Arrays.stream(found).min().orElse(1);
        double high = Arrays.stream(found).max().orElse(low);
        // An axis has a length, even if all values are equal, or differ by rounding only.
        if (high - low > SLACK * Math.max(Math.abs(low), Math.abs(high))) {
            return new Axis(low, high, logarithmic);
        }
        double room = Math.max(1, Math.abs(low));
        return new Axis(logarithmic ? low / 2 : low - room, logarithmic ? high * 2 : high + room, logarithmic);
    }

    /** The same linear axis, extended to round numbers. */
    Axis rounded() {
        double step = step();
        return new Axis(Math.floor(low / step + SLACK) * step, Math.ceil(high / step - SLACK) * step, false);
    }

    /** The place of a value: 0 at the low end, 1 at the high end. */
    public double share(double value) {
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    public double[] ticks() {
        if (!logarithmic) {
            double step = step();
            double first = Math.ceil(low / step - SLACK);
            double last = Math.floor(high / step + SLACK);
            return DoubleStream.iterate(first, i -> i <= last, i -> i + 1)
                    .map(i -> i * step)
                    .toArray();
        }
        int from = (int) Math.floor(Math.log10(low));
        int to = (int) Math.ceil(Math.log10(high));
        boolean decadesOnly = to - from > MOST_TICKS / 2;
        return DoubleStream.iterate(from, power -> power <= to, power -> power + 1)
                .flatMap(power -> Arrays.stream(ROUND)
                        .filter(digit -> digit == 1 || !decadesOnly)
                        .map(digit -> digit * Math.pow(10, power)))
                .filter(tick -> tick >= low * (1 - SLACK) && tick <= high * (1 + SLACK))
                .toArray();
    }

    /** The smallest round distance with which the axis has at most {@value #MOST_TICKS} steps. */
    private double step() {
        double power = Math.pow(10, Math.floor(Math.log10((high - low) / MOST_TICKS)));
        for (double digit : ROUND) {
            if ((high - low) / (digit * power) <= MOST_TICKS) {
                return digit * power;
            }
        }
        return 10 * power;
    }
}
