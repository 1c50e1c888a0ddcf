package io.sparkperceptron.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a person waits for: whole processes from the command to the result, ours by submit/train.sh against plain scripts for PyTorch
 * and numpy, in turn, round after round. All read MNIST's files, train, and say cost and error of both sets after every
 * epoch; ours also draws pictures and a page.
 */
public final class ProcessBenchmark {

    private static final String RATES = "0.01,0.05,0.1,0.5,1,1.5,2,5,10";
    /** In both trainings, so that their results can be compared. */
    private static final String COMMON_RUN = "logistic-0.5";

    private static final double LIKENESS = 1e-3;

    private enum Training {
        ONE("1 run x 200 epochs", "one", 200, List.of()),
        SWEEP("18 runs x 100 epochs", "sweep", 100, List.of("--loss", "logistic,mse", "--learning-rate", RATES));

        private final String title;
        private final String word;
        private final int epochs;
        private final List<String> options;

        Training(String title, String word, int epochs, List<String> options) {
            this.title = title;
            this.word = word;
            this.epochs = epochs;
            this.options = options;
        }
    }

    private final Path project;
    private final Path data;
    private final Path output;
    private final String python;
    private final Figures whole = new Figures();
    private final Figures toFirst = new Figures();
    private final Figures toThirtieth = new Figures();
    private final Figures ending = new Figures();
    private final Figures epochs = new Figures();
    private final Map<Training, Double> costs = new LinkedHashMap<>();

    private ProcessBenchmark(Path project, Path data, Path output, String python) {
        this.project = project;
        this.data = data;
        this.output = output;
        this.python = python;
    }

    /**
     * Measures, and prints tables.
     *
     * @param arguments the project's folder, that of MNIST, one for what trainings leave, rounds, and the command for Python
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ProcessBenchmark benchmark =
                new ProcessBenchmark(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), arguments[4]);
        String script = benchmark.script("epoch.py");
        try (PythonEpochs theirs = new PythonEpochs(arguments[4], script, arguments[1])) {
            int rounds = Integer.parseInt(arguments[3]);
            for (int round = 1; round <= rounds; round++) {
                for (Training training : Training.values()) {
                    benchmark.measureOurs(training, round, rounds);
                    for (String library : theirs.libraries().keySet()) {
                        benchmark.measure(library, training, benchmark.theirs(library, training, round), round, rounds);
                        benchmark.compare(training, library, round);
                    }
                }
                benchmark.measureEpochs(theirs);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%nWhole processes, %d rounds in turn, %d cores, Java %s, %s%n",
                    rounds,
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("java.version"),
                    theirs.libraries());
        }
        benchmark.print();
    }

    private String script(String name) {
        return project.resolve("src/benchmark/python").resolve(name).toString();
    }

    private Path output(String who, Training training, int round) {
        return output.resolve(who + "-" + training.word + "-" + round);
    }

    private void measureOurs(Training training, int round, int rounds) throws IOException, InterruptedException {
        Path folder = output("ours", training, round);
        List<String> command = new ArrayList<>(List.of(
                project.resolve("submit/train.sh").toString(), "--data", "file:" + data, "--output", "file:" + folder));
        command.addAll(List.of("--epochs", Integer.toString(training.epochs)));
        command.addAll(training.options);
        measure("ours", training, command, round, rounds);
        List<Map<String, String>> rows = ofCommonRun(folder);
        costs.put(training, Double.valueOf(rows.get(rows.size() - 1).get("train_cost")));
        if (training == Training.ONE) {
            List<Double> seconds =
                    rows.stream().map(row -> Double.valueOf(row.get("seconds"))).toList();
            epochs.note("ours, the first epochs: 0 to 30 together", sum(seconds.subList(0, 31)));
            epochs.note("ours, the last 31 epochs together", sum(seconds.subList(seconds.size() - 31, seconds.size())));
            epochs.note("ours, an epoch (median of 50 to 150)", Figures.median(seconds.subList(50, 151)));
        }
    }

    private List<String> theirs(String library, Training training, int round) {
        return List.of(
                python,
                script("train_" + library + ".py"),
                data.toString(),
                output(library, training, round).toString(),
                Integer.toString(training.epochs),
                training.word);
    }

    private void measure(String who, Training training, List<String> command, int round, int rounds)
            throws IOException, InterruptedException {
        EpochProcess measured = EpochProcess.run(command);
        String name = training.title + ", " + who;
        System.err.printf(Locale.ROOT, "round %d of %d: %-40s %8.2f s%n", round, rounds, name, measured.whole());
        whole.note(name, measured.whole());
        toFirst.note(name, measured.toFirst());
        toThirtieth.note(name, measured.toThirtieth());
        ending.note(name, measured.ending());
    }

    /** Epochs alone, in turn with the processes. */
    private void measureEpochs(PythonEpochs theirs) {
        if (theirs.libraries().containsKey("torch")) {
            for (String subject : List.of("torch", "torch-transposed")) {
                epochs.note(
                        subject + " float32, an epoch, training set alone", theirs.seconds(subject, "float32", 10, 15));
            }
        }
    }

    /** Whoever trains something else is no measure. */
    private void compare(Training training, String library, int round) throws IOException {
        List<Map<String, String>> rows = ofCommonRun(output(library, training, round));
        double theirs = Double.parseDouble(rows.get(rows.size() - 1).get("train_cost"));
        double ours = costs.get(training);
        if (rows.size() != training.epochs + 1 || !(Math.abs(theirs - ours) < LIKENESS * ours)) {
            throw new IllegalStateException("expected " + library + " to end epoch " + training.epochs + " of "
                    + COMMON_RUN + " with a cost of " + ours + ", got " + theirs + " and " + rows.size() + " rows");
        }
    }

    private static List<Map<String, String>> ofCommonRun(Path folder) throws IOException {
        return Csv.read(folder.resolve("metrics.csv")).stream()
                .filter(row -> row.get("run").equals(COMMON_RUN))
                .toList();
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    private void print() {
        System.out.printf("%n| from the command to the result, s | median | min | max | to epoch 0 | to epoch 30 |"
                + " after the last epoch |%n|---|---:|---:|---:|---:|---:|---:|%n");
        for (String name : whole.names()) {
            System.out.printf(
                    Locale.ROOT,
                    "%s %.2f | %.2f | %.2f |%n",
                    whole.row(name, 1, "%.2f"),
                    toFirst.median(name),
                    toThirtieth.median(name),
                    ending.median(name));
        }
        epochs.print("epochs, s", 1, "%.3f");
        Figures.printRatioHeading();
        for (Training training : List.of(Training.SWEEP, Training.ONE)) {
            String ours = training.title + ", ours";
            whole.printRatio(
                    "whole process, " + training.title + " / PyTorch script",
                    ours,
                    training.title + ", torch",
                    training == Training.ONE ? "1.0" : "0.7");
            whole.printRatio(
                    "whole process, " + training.title + " / numpy script", ours, training.title + ", numpy", "-");
        }
        String epoch = "ours, an epoch (median of 50 to 150)";
        epochs.printRatio(
                "`train.sh`, epochs 50 to 150 / PyTorch float32",
                epoch,
                "torch float32, an epoch, training set alone",
                "0.45");
        epochs.printRatio(
                "`train.sh`, epochs 50 to 150 / PyTorch float32, transposed",
                epoch,
                "torch-transposed float32, an epoch, training set alone",
                "-");
        String first = "ours, the first epochs: 0 to 30 together";
        String last = "ours, the last 31 epochs together";
        epochs.printFormula(
                "warm-up: epochs 0 to 30 less the last 31, s",
                "2",
                round -> epochs.at(first, round) - epochs.at(last, round),
                first,
                last);
    }
}
