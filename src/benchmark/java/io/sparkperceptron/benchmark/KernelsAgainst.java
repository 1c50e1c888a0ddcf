package io.sparkperceptron.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The vector kernel of this tree against another's, by {@link KernelBenchmark} on all cores, each in its own JVM, in turn. */
public final class KernelsAgainst {

    private KernelsAgainst() {}

    /**
     * Measures, and prints tables.
     *
     * @param arguments class path of the other tree, that of this one, rounds, and a name for the other one
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[2]);
        Figures figures = new Figures();
        for (int round = 1; round <= rounds; round++) {
            measure(figures, arguments[3], arguments[0], round);
            measure(figures, "this tree", arguments[1], round);
        }
        System.out.printf(
                Locale.ROOT,
                "%nKernels on MNIST's test images, a pass in each of %d threads at once, %d rounds in turn, Java %s%n",
                Runtime.getRuntime().availableProcessors(),
                rounds,
                System.getProperty("java.version"));
        figures.print("a pass, ms", 1, "%.2f");
        Figures.printRatioHeading();
        for (String runs : List.of("18", "9", "1")) {
            figures.printRatio(
                    "kernel, " + runs + " run(s) / that of " + arguments[3],
                    "this tree, " + runs + " run(s)",
                    arguments[3] + ", " + runs + " run(s)",
                    runs.equals("18") ? "0.5" : runs.equals("1") ? "0.48" : "-");
        }
    }

    private static void measure(Figures figures, String whose, String classPath, int round)
            throws IOException, InterruptedException {
        Path results = Files.createTempFile("kernels", ".csv");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath));
        command.addAll(List.of("org.openjdk.jmh.Main", "KernelBenchmark", "-p", "kernel=VECTOR", "-t", "max"));
        command.addAll(List.of("-wi", "2", "-w", "2", "-i", "3", "-r", "1"));
        command.addAll(List.of("-rf", "csv", "-rff", results.toString(), "-v", "SILENT"));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("expected JMH to measure, but it failed, see above");
        }
        for (Map<String, String> row : Csv.read(results)) {
            String name = whose + ", " + row.get("Param: runs") + " run(s)";
            double milliseconds = Double.parseDouble(row.get("Score"));
            System.err.printf(Locale.ROOT, "round %d: %-40s %8.2f ms%n", round, name, milliseconds);
            figures.note(name, milliseconds);
        }
        Files.delete(results);
    }
}
