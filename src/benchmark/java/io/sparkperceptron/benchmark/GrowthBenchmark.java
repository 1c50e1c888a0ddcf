package io.sparkperceptron.benchmark;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How training grows with rows, columns and executors: whole trainings by submit/train.sh on multiples of MNIST's
 * training images. A column is one perceptron, and a run has ten.
 */
public final class GrowthBenchmark {

    /** The training of 600,000 rows is also run on clusters. */
    private static final int ON_CLUSTER = 10;

    /** Rows times columns times epochs of one training, about. */
    private static final double WORK = 2e9;

    private static final int FEWEST_EPOCHS = 4;
    private static final int MOST_EPOCHS = 200;
    private static final int[] EXECUTORS = {1, 2, 4};

    private static final Pattern CACHED = Pattern.compile("(\\d+) training, .* cached in (\\d+) MB");
    private static final Pattern PAIRS = Pattern.compile("also kept in pairs, in about (\\d+) MB");
    private static final Pattern END = Pattern.compile("Examined and drew the runs in ([0-9.]+) s");

    /** The width of a grid: how many columns its options make. */
    private enum Grid {
        ONE(10, "--learning-rate", "0.5"),
        EXERCISE(180, "--loss", "logistic,mse", "--learning-rate", "0.01..10:9"),
        WIDE(1080, "--loss", "logistic,mse", "--learning-rate", "0.01..10:54");

        private final int columns;
        private final List<String> options;

        Grid(int columns, String... options) {
            this.columns = columns;
            this.options = List.of(options);
        }

        int epochs(long rows) {
            return (int) Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, WORK / rows / columns));
        }
    }

    private final Path project;
    private final Path mnist;
    private final Path work;

    private GrowthBenchmark(Path project, Path mnist, Path work) {
        this.project = project;
        this.mnist = mnist;
        this.work = work;
    }

    /**
     * Measures each training once, and prints tables.
     *
     * @param arguments the project's folder, that of MNIST, one for what trainings leave, and multiples of the images
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        GrowthBenchmark benchmark =
                new GrowthBenchmark(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        benchmark.measure(IntStream.range(3, arguments.length)
                .map(i -> Integer.parseInt(arguments[i]))
                .toArray());
    }

    private void measure(int[] multiples) throws IOException, InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        double limit = multiplyAdds(cores);
        double entries = nonZerosOfARow();
        List<String> sizes = new ArrayList<>();
        List<String> cluster = new ArrayList<>();
        for (int times : multiples) {
            Path data = work.resolve("rows");
            submit(
                    Map.of(),
                    "generate.sh",
                    "--data",
                    "file:" + mnist,
                    "--times",
                    "" + times,
                    "--output",
                    "file:" + data);
            for (Grid grid : Grid.values()) {
                Training training = new Training(data, grid, times);
                training.run(Map.of("MASTER", "local[*]"), "--driver-memory", "16g", "--");
                sizes.add(training.row(limit, entries));
            }
            if (times == ON_CLUSTER) {
                for (int executors : EXECUTORS) {
                    cluster.add(onCluster(executors, new Training(data, Grid.EXERCISE, times)));
                }
            }
            delete(data);
        }
        System.out.printf(
                Locale.ROOT,
                "%nGrowth, each training once, %d cores, Java %s; all cores: %.1f thousand million multiply-adds a second;"
                        + " a row has %.0f values that are not zero%n%n",
                cores,
                System.getProperty("java.version"),
                limit / 1e9,
                entries);
        System.out.println("| training rows | columns | epochs | read, s | bytes a row | of them pairs | epoch, ms |"
                + " in kernels | million rows a second | of the FMA limit | examined and drawn, s |\n"
                + "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        sizes.forEach(System.out::println);
        if (!cluster.isEmpty()) {
            System.out.println(
                    "\n| executors of one core | cores here | epoch, ms | in kernels | million rows a second |\n"
                            + "|---:|---:|---:|---:|---:|");
            cluster.forEach(System.out::println);
        }
    }

    private String onCluster(int executors, Training training) throws IOException, InterruptedException {
        Map<String, String> cluster = new HashMap<>();
        cluster.put("CLUSTER_DIR", work.resolve("cluster").toString());
        cluster.put("WORKER_CORES", "1");
        cluster.put("WORKER_MEMORY", "3g");
        String said = submit(cluster, "standalone-cluster.sh", "start", "" + executors);
        try {
            Matcher address = Pattern.compile("spark://[0-9.]+:\\d+").matcher(said);
            if (!address.find()) {
                throw new IllegalStateException("expected the address of a cluster, got " + said);
            }
            cluster.put("MASTER", address.group());
            training.run(
                    cluster,
                    "--executor-memory",
                    "2500m",
                    "--executor-cores",
                    "1",
                    "--total-executor-cores",
                    "" + executors,
                    "--");
        } finally {
            submit(cluster, "standalone-cluster.sh", "stop");
        }
        return String.format(
                Locale.ROOT,
                "| %d | %d | %s |",
                executors,
                Runtime.getRuntime().availableProcessors(),
                training.times());
    }

    /** Runs a script of this project, and returns what it says. */
    private String submit(Map<String, String> environment, String script, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(project.resolve("submit").resolve(script).toString()));
        command.addAll(List.of(options));
        // A daemon would keep a pipe open, so what the script says goes to a file.
        Path said = Files.createTempFile(work, "said", null);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(command + " ended with " + code + ":\n" + Files.readString(said));
        }
        return Files.readString(said);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One training, and what it said. */
    private final class Training {

        private final Path data;
        private final Grid grid;
        private final Path output;
        private final int epochs;
        private long rows;
        private long cached;
        private long pairs;
        private double readingBegan = Double.NaN;
        private double read = Double.NaN;
        private double end = Double.NaN;
        private List<Map<String, String>> metrics;

        Training(Path data, Grid grid, int times) {
            this.data = data;
            this.grid = grid;
            this.output = work.resolve("training");
            this.epochs = grid.epochs(60_000L * times);
        }

        void run(Map<String, String> environment, String... sparkOptions) throws IOException, InterruptedException {
            List<String> command =
                    new ArrayList<>(List.of(project.resolve("submit/train.sh").toString()));
            command.addAll(List.of(sparkOptions));
            command.addAll(List.of("--data", "file:" + data, "--output", "file:" + output, "--overwrite"));
            command.addAll(List.of("--epochs", Integer.toString(epochs)));
            command.addAll(grid.options);
            EpochProcess.run(command, environment, this::note);
            List<Map<String, String>> all = Csv.read(output.resolve("metrics.csv"));
            metrics = all.stream()
                    .filter(row -> row.get("run").equals(all.get(0).get("run")))
                    .toList();
            System.err.printf(Locale.ROOT, "%d rows, %d columns: %s%n", rows, grid.columns, times());
        }

        private void note(String line, double seconds) {
            Matcher cachedIn = CACHED.matcher(line);
            Matcher inPairs = PAIRS.matcher(line);
            Matcher ended = END.matcher(line);
            if (line.contains("Reading ")) {
                readingBegan = seconds;
            } else if (cachedIn.find()) {
                rows = Long.parseLong(cachedIn.group(1));
                cached = Long.parseLong(cachedIn.group(2));
                read = seconds - readingBegan;
            } else if (inPairs.find()) {
                pairs = Long.parseLong(inPairs.group(1));
            } else if (ended.find()) {
                end = Double.parseDouble(ended.group(1));
            }
        }

        /** The median of the second half of the epochs, which are warm. */
        private double median(String column) {
            return Figures.median(metrics.subList(metrics.size() / 2, metrics.size()).stream()
                    .map(row -> Double.valueOf(row.get(column)))
                    .toList());
        }

        String times() {
            return String.format(
                    Locale.ROOT,
                    "%.0f | %.0f | %.2f",
                    1e3 * median("seconds"),
                    1e3 * median("kernel_seconds"),
                    rows / median("seconds") / 1e6);
        }

        String row(double limit, double entries) {
            // A score and a gradient: two multiply-adds for each value that is not zero.
            double needed = 2.0 * rows * grid.columns * entries / median("seconds");
            return String.format(
                    Locale.ROOT,
                    "| %d | %d | %d | %.1f | %.0f | %.0f | %s | %.2f | %.1f |",
                    rows,
                    grid.columns,
                    epochs,
                    read,
                    1048576.0 * (cached + pairs) / rows,
                    1048576.0 * pairs / rows,
                    times(),
                    needed / limit,
                    end);
        }
    }

    /** The mean number of grey pixels of a training image. */
    private double nonZerosOfARow() throws IOException {
        Path file = mnist.resolve("train-images-idx3-ubyte");
        try (InputStream opened = Files.newInputStream(file);
                DataInputStream images = new DataInputStream(new BufferedInputStream(opened))) {
            images.readInt();
            int rows = images.readInt();
            images.skipBytes(8);
            int grey = 0;
            for (byte pixel : images.readAllBytes()) {
                grey += pixel == 0 ? 0 : 1;
            }
            return (double) grey / rows;
        }
    }

    /** Multiply-adds of doubles a second on all cores, from registers alone. */
    private static double multiplyAdds(int threads) {
        return IntStream.range(0, threads)
                .parallel()
                .mapToDouble(thread -> IntStream.range(0, 5)
                        .mapToDouble(round -> multiplyAdds())
                        .max()
                        .orElseThrow())
                .sum();
    }

    private static double multiplyAdds() {
        VectorSpecies<Double> species = DoubleVector.SPECIES_PREFERRED;
        int loops = 20_000_000;
        DoubleVector factor = DoubleVector.broadcast(species, 0.999);
        DoubleVector a = factor;
        DoubleVector b = factor;
        DoubleVector c = factor;
        DoubleVector d = factor;
        DoubleVector e = factor;
        DoubleVector f = factor;
        DoubleVector g = factor;
        DoubleVector h = factor;
        long started = System.nanoTime();
        for (int i = 0; i < loops; i++) {
            a = a.fma(factor, factor);
            b = b.fma(factor, factor);
            c = c.fma(factor, factor);
            d = d.fma(factor, factor);
            e = e.fma(factor, factor);
            f = f.fma(factor, factor);
            g = g.fma(factor, factor);
            h = h.fma(factor, factor);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        double used = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).lane(0);
        return used > 0 ? 8.0 * species.length() * loops / seconds : Double.NaN;
    }
}
