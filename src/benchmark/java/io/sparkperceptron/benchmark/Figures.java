package io.sparkperceptron.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** What was measured, round after round, and how it is printed: always median, minimum and maximum. */
final class Figures {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void note(String name, double value) {
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    /** Measures all subjects in turn, each once a round. The first round warms up and does not count. */
    void measure(Map<String, DoubleSupplier> subjects, int rounds) {
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, DoubleSupplier> subject : subjects.entrySet()) {
                double measured = subject.getValue().getAsDouble();
                System.err.printf(
                        Locale.ROOT,
                        "round %d of %d: %-50s %8.1f ms%n",
                        round,
                        rounds,
                        subject.getKey(),
                        1e3 * measured);
                note(subject.getKey(), measured);
            }
            if (round == 0) {
                values.clear();
            }
        }
    }

    double median(String name) {
        return median(values.get(name));
    }

    /** A table of everything noted, each value times {@code factor}. */
    void print(String heading, double factor, String format) {
        System.out.printf(Locale.ROOT, "%n| %s | median | min | max |%n|---|---:|---:|---:|%n", heading);
        values.keySet().forEach(name -> System.out.println(row(name, factor, format)));
    }

    Set<String> names() {
        return values.keySet();
    }

    /** A line of a table: name, median, minimum and maximum. */
    String row(String name, double factor, String format) {
        return row(name, values.get(name), factor, format);
    }

    /** What the rows of {@link #printRatio} are put under. */
    static void printRatioHeading() {
        System.out.printf(Locale.ROOT, "%n| ratio | median | min | max | target |%n|---|---:|---:|---:|---:|%n");
    }

    /** A row for {@code one} divided by {@code other}, round by round; none if any of them was not measured. */
    void printRatio(String name, String one, String other, String target) {
        printFormula(name, target, round -> at(one, round) / at(other, round), one, other);
    }

    /** A row for what {@code formula} makes of a round, from {@link #at}; none if any of {@code needed} was not measured. */
    void printFormula(String name, String target, IntToDoubleFunction formula, String... needed) {
        int rounds = Integer.MAX_VALUE;
        for (String figure : needed) {
            rounds = Math.min(rounds, values.getOrDefault(figure, List.of()).size());
        }
        if (rounds > 0) {
            List<Double> results =
                    IntStream.range(0, rounds).mapToObj(formula::applyAsDouble).toList();
            System.out.println(row(name, results, 1, "%.3f") + " " + target + " |");
        }
    }

    double at(String name, int round) {
        return values.get(name).get(round);
    }

    /** How long it takes. */
    static double seconds(Runnable action) {
        long started = System.nanoTime();
        action.run();
        return (System.nanoTime() - started) / 1e9;
    }

    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static String row(String name, List<Double> measured, double factor, String format) {
        return String.format(
                Locale.ROOT,
                "| %s | " + format + " | " + format + " | " + format + " |",
                name,
                factor * median(measured),
                factor
                        * measured.stream()
                                .mapToDouble(Double::doubleValue)
                                .min()
                                .orElseThrow(),
                factor
                        * measured.stream()
                                .mapToDouble(Double::doubleValue)
                                .max()
                                .orElseThrow());
    }
}
