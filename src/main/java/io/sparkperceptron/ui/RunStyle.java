package io.sparkperceptron.ui;

import io.sparkperceptron.report.Colours;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a run's curve is drawn, as in {@code curves/} of the results: the colour tells the learning rate, dashes tell the
 * loss. A run without a rate is thick and has the colour of text.
 */
record RunStyle(String colour, String dashes, double width) {

    private static final int FEW_RUNS = 4;
    private static final List<String> DASHES = List.of("none", "6 4", "2 4");

    /** The styles of a training's runs. */
    static List<RunStyle> of(TrainingEvent.Started started) {
        int runs = started.runs().size();
        List<String> losses = started.losses().stream().distinct().sorted().toList();
        double[] rates = Arrays.stream(started.rates())
                .filter(rate -> !Double.isNaN(rate))
                .sorted()
                .distinct()
                .toArray();
        double width = runs > FEW_RUNS ? 1.5 : 2;
        return IntStream.range(0, runs)
                .mapToObj(run -> {
                    double rate = started.rates()[run];
                    String dashes = DASHES.get(losses.indexOf(started.losses().get(run)) % DASHES.size());
                    return Double.isNaN(rate)
                            ? new RunStyle("currentColor", dashes, width + 1)
                            : new RunStyle(
                                    Colours.hexadecimal(Arrays.binarySearch(rates, rate), rates.length), dashes, width);
                })
                .toList();
    }

    /** Attributes of an SVG element. */
    String stroke() {
        return "stroke=\"" + colour + "\" stroke-width=\"" + width + "\" stroke-dasharray=\"" + dashes + "\"";
    }
}
