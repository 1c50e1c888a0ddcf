package io.sparkperceptron.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The sentences of the page for a training on MNIST without validation rows, computed from its CSV files. */
final class PageNumbers {

    private final Path output;
    private final List<Map<String, String>> summary;
    private final Map<String, List<Map<String, String>>> metrics = new LinkedHashMap<>();

    PageNumbers(Path output) throws IOException {
        this.output = output;
        this.summary = rows(output.resolve("summary.csv"));
        for (Map<String, String> row : rows(output.resolve("metrics.csv"))) {
            metrics.computeIfAbsent(row.get("run"), run -> new ArrayList<>()).add(row);
        }
    }

    /** The sentences with a number, by the element that shows them. */
    Map<String, List<String>> sentences() throws IOException {
        Map<String, List<String>> sentences = new LinkedHashMap<>();
        sentences.put("#result", List.of(result()));
        sentences.put("#result-note", List.of(interval()));
        sentences.put("#curves-text", curve());
        sentences.put("#sweep-text", List.of(verdicts()));
        sentences.put("#rates-text", List.of(rates("logistic"), rates("mse")));
        sentences.put("#histogram-text", histogram());
        sentences.put("#confusion-text", confusion());
        sentences.put("#answers-list", answers());
        return sentences;
    }

    /** The table of the first epochs with an error, row by row. */
    List<String> reached() {
        double least = metrics.values().stream()
                .flatMap(List::stream)
                .mapToDouble(row -> number(row, "test_error"))
                .min()
                .orElseThrow();
        List<Double> thresholds = Stream.of(0.5, 0.4, 0.3, 0.2, 0.15, 0.12, 0.1, 0.09, 0.08)
                .filter(threshold -> threshold >= least)
                .toList();
        List<Double> lowest = thresholds.subList(Math.max(0, thresholds.size() - 6), thresholds.size());
        return metrics.entrySet().stream()
                .map(run -> {
                    List<String> cells = new ArrayList<>(List.of(run.getKey()));
                    lowest.forEach(threshold -> cells.add(run.getValue().stream()
                            .filter(row -> number(row, "test_error") <= threshold)
                            .findFirst()
                            .map(row -> row.get("epoch"))
                            .orElse("→ " + last(run.getKey()).get("epoch"))));
                    return String.join(" ", cells);
                })
                .toList();
    }

    private String best() {
        return summary.stream()
                .filter(row -> !row.get("ending").equals("diverged"))
                .min(Comparator.comparingDouble(row -> number(row, "test_error")))
                .map(row -> row.get("run"))
                .orElseThrow();
    }

    /** The best run that does not oscillate. */
    private String calmest() {
        return summary.stream()
                .filter(row -> !List.of("diverged", "oscillating").contains(row.get("verdict")))
                .min(Comparator.comparingDouble(row -> number(row, "test_error")))
                .map(row -> row.get("run"))
                .orElseThrow();
    }

    private Map<String, String> last(String run) {
        List<Map<String, String>> rows = metrics.get(run);
        return rows.get(rows.size() - 1);
    }

    private double error(String run, int epoch) {
        return number(metrics.get(run).get(epoch), "test_error");
    }

    private String result() {
        Map<String, String> end = last(best());
        return best() + " gets " + percent(number(end, "test_error")) + " of 10,000 test images wrong after "
                + end.get("epoch") + " epochs on 60,000 training images.";
    }

    /** E. B. Wilson's 95 % interval for a fraction of 10,000. */
    private String interval() {
        double p = number(last(best()), "test_error");
        double z = 1.959963984540054;
        double n = 10_000;
        double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        return String.format(
                Locale.ROOT,
                "Another test set could give %.2f–%.2f %% (95 %% interval).",
                100 * (middle - half),
                100 * (middle + half));
    }

    private List<String> curve() {
        String run = best();
        int end = metrics.get(run).size() - 1;
        int lowest = lowestEpoch(run);
        return List.of(
                "The test error of " + run + " falls from " + percent(error(run, 0)) + " to "
                        + percent(error(run, lowest)) + ", its best, at epoch " + lowest + ".",
                "It ends at " + percent(number(last(run), "train_error")) + " training error and "
                        + percent(error(run, end)) + " test error:",
                "From epoch " + end / 2 + " to " + end + " its test error fell from " + percent(error(run, end / 2))
                        + " to " + percent(error(run, end)) + ".");
    }

    private int lowestEpoch(String run) {
        return IntStream.range(0, metrics.get(run).size())
                .boxed()
                .min(Comparator.comparingDouble(epoch -> error(run, epoch)))
                .orElseThrow();
    }

    private String verdicts() {
        List<String> kinds = Stream.of("steady", "oscillating", "too slow", "saturated", "partly saturated", "diverged")
                .map(kind -> summary.stream()
                                .filter(row -> row.get("verdict").equals(kind))
                                .count() + " " + kind)
                .filter(kind -> !kind.startsWith("0 "))
                .toList();
        return "Of " + summary.size() + " runs: " + String.join(", ", kinds.subList(0, kinds.size() - 1)) + " and "
                + kinds.get(kinds.size() - 1) + ".";
    }

    private String rates(String loss) {
        List<Map<String, String>> finished = summary.stream()
                .filter(row ->
                        row.get("loss").equals(loss) && !row.get("ending").equals("diverged"))
                .toList();
        List<Map<String, String>> calm = finished.stream()
                .filter(row -> !row.get("verdict").equals("oscillating"))
                .toList();
        Map<String, String> run = calm.stream()
                .min(Comparator.comparingDouble(row -> number(row, "test_error")))
                .orElseThrow();
        return "With the " + loss + " loss rate " + run.get("learning_rate") + " ends lowest"
                + (calm.size() < finished.size() ? " without oscillation" : "") + ": "
                + percent(number(run, "test_error")) + " test error";
    }

    private List<String> histogram() throws IOException {
        List<Map<String, String>> bins = rows(output.resolve("images/" + best() + "/weight-histogram.csv"));
        Map<String, String> middle = bins.get(bins.size() / 2);
        long moving = total(bins, "moving_weights");
        long still = total(bins, "never_moving_weights");
        long here = Long.parseLong(middle.get("moving_weights")) + Long.parseLong(middle.get("never_moving_weights"));
        return List.of(
                "Of the " + count(moving + still) + " weights of " + best() + ", " + count(here) + " ("
                        + String.format(Locale.ROOT, "%.0f", 100.0 * here / (moving + still)) + " %) are within ±",
                "so their weights (" + count(still) + " in all classes) stay where they started: at zero.",
                "Of the other " + count(Long.parseLong(middle.get("moving_weights"))) + " weights there,");
    }

    private static long total(List<Map<String, String>> rows, String column) {
        return rows.stream().mapToLong(row -> Long.parseLong(row.get(column))).sum();
    }

    private record Mistake(int label, int prediction, int times) {}

    private List<Mistake> mistakes() throws IOException {
        List<Map<String, String>> matrix = rows(output.resolve("images/" + best() + "/confusion.csv"));
        List<Mistake> mistakes = new ArrayList<>();
        for (int label = 0; label < matrix.size(); label++) {
            for (int prediction = 0; prediction < matrix.size(); prediction++) {
                int times = Integer.parseInt(matrix.get(label).get("predicted_" + prediction));
                if (label != prediction && times > 0) {
                    mistakes.add(new Mistake(label, prediction, times));
                }
            }
        }
        mistakes.sort(Comparator.comparingInt(Mistake::times).reversed());
        return mistakes;
    }

    private List<String> confusion() throws IOException {
        List<String> pairs = mistakes().stream()
                .limit(3)
                .map(pair -> pair.label() + " taken for " + pair.prediction() + " (" + pair.times() + ")")
                .toList();
        return List.of(
                best() + " gets "
                        + count(mistakes().stream().mapToInt(Mistake::times).sum()) + " of 10,000 test images wrong.",
                "Most frequent: " + pairs.get(0) + ", " + pairs.get(1) + " and " + pairs.get(2) + ".");
    }

    private List<String> answers() throws IOException {
        Mistake most = mistakes().get(0);
        return List.of(
                count(mistakes().stream().mapToInt(Mistake::times).sum()) + " of 10,000",
                "Most often " + most.label() + " is taken for " + most.prediction() + ": " + most.times() + " times.",
                calmest() + " has the lowest test error");
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }

    private static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    private static List<Map<String, String>> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] names = lines.get(0).split(",", -1);
        return lines.stream()
                .skip(1)
                .map(line -> {
                    String[] cells = line.split(",", -1);
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 0; i < names.length; i++) {
                        row.put(names[i], cells[i]);
                    }
                    return row;
                })
                .toList();
    }
}
