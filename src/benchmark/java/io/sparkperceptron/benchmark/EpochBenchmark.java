package io.sparkperceptron.benchmark;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.KryoRegistration;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.gradient.FixedPointCost;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.results.MetricsFile;
import io.sparkperceptron.spark.Partitions;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.EpochTime;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.SparkSession;

/**
 * An epoch of ours against others', measured in turn, round after round, in one run. Ours includes Spark, the metrics of
 * both sets and writing them; theirs the training set alone.
 */
public final class EpochBenchmark {

    private static final double[] RATES = {0.01, 0.05, 0.1, 0.5, 1, 1.5, 2, 5, 10};
    private static final double PIXEL = 1.0 / 255;

    private final Map<String, DoubleSupplier> subjects = new LinkedHashMap<>();
    private final Figures figures = new Figures();
    private final Path output;

    private EpochBenchmark(Path output) {
        this.output = output;
    }

    /**
     * Measures, and prints a table.
     *
     * @param arguments folder of MNIST, folder of many times MNIST, folder for metrics, rounds, the Python script, and the
     *     command for Python
     */
    public static void main(String[] arguments) throws IOException {
        EpochBenchmark benchmark = new EpochBenchmark(Path.of(arguments[2]));
        // MLlib sends classes that are not registered.
        SparkConf conf = KryoRegistration.configure(new SparkConf())
                .set("spark.kryo.registrationRequired", "false")
                .set("spark.task.maxDirectResultSize", "64m")
                .setAppName("spark-perceptron benchmark");
        try (JavaSparkContext spark = new JavaSparkContext(conf);
                PythonEpochs python = new PythonEpochs(arguments[5], arguments[4], arguments[0])) {
            int partitions = spark.defaultParallelism();
            Examples training = examples(arguments[0], DatasetFiles.TRAIN_IMAGES, DatasetFiles.TRAIN_LABELS, spark);
            Examples test = examples(arguments[0], DatasetFiles.TEST_IMAGES, DatasetFiles.TEST_LABELS, spark);
            CachedBlocks mnist = CachedBlocks.load(sets(training, test), Partitions.of(partitions));
            CachedBlocks many = CachedBlocks.load(
                    sets(examples(arguments[1], DatasetFiles.TRAIN_IMAGES, DatasetFiles.TRAIN_LABELS, spark), test),
                    Partitions.of(partitions));
            benchmark.addOurs(mnist, CachedBlocks.load(sets(training, test), Partitions.of(1)), many);
            benchmark.subjects.put("empty Spark job", () -> emptyJob(spark, partitions));
            for (int runs : new int[] {1, 18}) {
                PlainLoop loop = plainLoop(Path.of(arguments[0]), runs);
                benchmark.subjects.put("plain Java loop, 1 thread, " + runs + " run(s)", () -> time(loop::epoch));
            }
            benchmark.addSums(mnist);
            MllibIterations mllib = new MllibIterations(
                    SparkSession.builder().sparkContext(spark.sc()).getOrCreate(), scaled(training.points()));
            benchmark.subjects.put("MLlib LogisticRegression, iteration", () -> mllib.multinomial(5));
            benchmark.subjects.put("MLlib LogisticRegressionWithSGD, iteration x 10", () -> mllib.tenTimesSgd(5));
            for (String library : python.libraries().keySet()) {
                for (String type : List.of("float32", "float64")) {
                    benchmark.subjects.put(
                            library + " " + type + ", 10 columns", () -> python.seconds(library, type, 10, 7));
                }
                benchmark.subjects.put(
                        library + " float32, 180 columns", () -> python.seconds(library, "float32", 180, 3));
            }
            if (python.libraries().containsKey("torch")) {
                for (int columns : new int[] {10, 180}) {
                    benchmark.subjects.put(
                            "torch float32, " + columns + " columns, transposed",
                            () -> python.seconds("torch-transposed", "float32", columns, columns == 10 ? 7 : 3));
                }
            }
            int rounds = Integer.parseInt(arguments[3]);
            benchmark.figures.measure(benchmark.subjects, rounds);
            benchmark.print(rounds, mnist, many, spark, python.libraries());
        }
    }

    private static DataSets sets(Examples training, Examples test) {
        return new DataSets(training, HoldOut.none(), test, FeatureScaling.PIXEL);
    }

    private void addOurs(CachedBlocks mnist, CachedBlocks inOnePart, CachedBlocks many) {
        for (int runs : new int[] {1, 9, 18}) {
            addOurs(runs, "", mnist, KernelChoice.AUTO, 60 / runs + 10);
        }
        addOurs(1, ", one core", inOnePart, KernelChoice.AUTO, 20);
        addOurs(18, ", one core", inOnePart, KernelChoice.AUTO, 6);
        addOurs(1, ", scalar kernel", mnist, KernelChoice.SCALAR, 10);
        addOurs(1, ", many rows", many, KernelChoice.AUTO, 10);
    }

    private void addOurs(int runs, String how, CachedBlocks data, KernelChoice kernel, int epochs) {
        String name = "ours, " + runs + " run(s)" + how;
        subjects.put(name, () -> ours(name, data, runs, kernel, epochs));
    }

    /** What adding up blocks in fixed point costs an epoch, in one thread. */
    private void addSums(CachedBlocks data) {
        int rows = Math.toIntExact(data.summary(Split.TRAIN).rows());
        int blocks = (rows + ExampleBlock.ROWS - 1) / ExampleBlock.ROWS;
        for (int runs : new int[] {1, 18}) {
            FixedPointCost cost = new FixedPointCost(
                    blocks,
                    rows,
                    data.features(),
                    Math.min(runs, RATES.length) * data.classes(),
                    runs > RATES.length ? 2 : 1);
            subjects.put(
                    "an epoch's sums in fixed point, 1 thread, " + runs + " run(s)",
                    () -> timeOften(cost::addInFixedPoint));
            subjects.put(
                    "an epoch's sums as doubles, 1 thread, " + runs + " run(s)", () -> timeOften(cost::addAsDoubles));
        }
    }

    private static Loss loss(int run) {
        return run < RATES.length ? Loss.LOGISTIC : Loss.MSE;
    }

    private static double rate(int run) {
        return RATES[(run + 3) % RATES.length];
    }

    private static PlainLoop plainLoop(Path mnist, int runs) throws IOException {
        boolean[] logistic = new boolean[runs];
        double[] rates = new double[runs];
        for (int run = 0; run < runs; run++) {
            logistic[run] = loss(run) == Loss.LOGISTIC;
            rates[run] = rate(run);
        }
        return new PlainLoop(mnist, logistic, rates);
    }

    /** The median epoch of a training; its kernel's part is noted apart. */
    private double ours(String name, CachedBlocks data, int runs, KernelChoice kernel, int epochs) {
        List<EpochTime> times = new ArrayList<>();
        TrainingListener recorder = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                if (epoch > epochs / 3) {
                    times.add(metrics.get(0).time());
                }
            }
        };
        List<Run> plan = IntStream.range(0, runs)
                .mapToObj(run -> new Run(loss(run), rate(run)))
                .toList();
        Folder folder = Folder.at(output.toString(), new Configuration());
        new GradientDescent(new ClusterGradient(data, kernel), List.of(recorder, new MetricsFile(folder, List.of())))
                .train(new TrainingPlan(plan, epochs, Start.ZEROS, StopRules.NONE), data.features(), data.classes());
        figures.note(
                name + ": kernel",
                Figures.median(times.stream().map(EpochTime::kernel).toList()));
        return Figures.median(times.stream().map(EpochTime::total).toList());
    }

    private static double emptyJob(JavaSparkContext spark, int partitions) {
        JavaRDD<Integer> nothing =
                spark.parallelize(IntStream.range(0, partitions).boxed().toList(), partitions);
        return timeOften(() -> nothing.foreach(x -> {}));
    }

    /** The median of many times. */
    private static double timeOften(Runnable action) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            times.add(time(action));
        }
        return Figures.median(times);
    }

    private void print(
            int rounds, CachedBlocks mnist, CachedBlocks many, JavaSparkContext spark, Map<String, String> libraries) {
        System.out.printf(
                Locale.ROOT,
                "%nMedian epochs of %d rounds in turn, %s, %d cores, Spark %s, Java %s, kernel %s, %s%n",
                rounds,
                spark.master(),
                spark.defaultParallelism(),
                spark.version(),
                System.getProperty("java.version"),
                KernelChoice.AUTO.description(),
                libraries);
        figures.print("one epoch, ms", 1e3, "%.2f");
        Figures.printRatioHeading();
        figures.printRatio("one run / PyTorch float32", "ours, 1 run(s)", "torch float32, 10 columns", "0.3");
        figures.printRatio(
                "one run / PyTorch float32, transposed",
                "ours, 1 run(s)",
                "torch float32, 10 columns, transposed",
                "-");
        figures.printRatio("one run / numpy float32", "ours, 1 run(s)", "numpy float32, 10 columns", "-");
        figures.printRatio(
                "18 runs / PyTorch float32, 180 columns", "ours, 18 run(s)", "torch float32, 180 columns", "0.45");
        figures.printRatio(
                "18 runs / PyTorch float32, 180 columns, transposed",
                "ours, 18 run(s)",
                "torch float32, 180 columns, transposed",
                "-");
        figures.printRatio(
                "18 runs / numpy float32, 180 columns", "ours, 18 run(s)", "numpy float32, 180 columns", "-");
        figures.printRatio(
                "one run / MLlib LogisticRegression's iteration",
                "ours, 1 run(s)",
                "MLlib LogisticRegression, iteration",
                "-");
        figures.printRatio("9 runs / one run", "ours, 9 run(s)", "ours, 1 run(s)", "-");
        figures.printRatio("18 runs / one run", "ours, 18 run(s)", "ours, 1 run(s)", "-");
        printSurroundings(1, "1.3");
        printSurroundings(18, "-");
        double factor = rows(many) / rows(mnist);
        figures.printFormula(
                "rows per second, many rows / MNIST",
                "-",
                round -> factor * figures.at("ours, 1 run(s)", round) / figures.at("ours, 1 run(s), many rows", round),
                "ours, 1 run(s)",
                "ours, 1 run(s), many rows");
        for (int runs : new int[] {1, 18}) {
            figures.printRatio(
                    "one core of ours, " + runs + " run(s) / plain Java loop in one thread",
                    "ours, " + runs + " run(s), one core",
                    "plain Java loop, 1 thread, " + runs + " run(s)",
                    "-");
            printSums(runs, spark.defaultParallelism());
        }
        System.out.println();
        for (int runs : new int[] {1, 18}) {
            printCost(runs, spark.defaultParallelism());
        }
        System.out.printf(
                Locale.ROOT,
                "A row of MNIST takes %.0f bytes of cache.%n",
                mnist.summary(Split.TRAIN).bytes()
                        / (double) mnist.summary(Split.TRAIN).rows());
    }

    private void printSurroundings(int runs, String target) {
        String epoch = "ours, " + runs + " run(s)";
        figures.printFormula(
                "(epoch - kernel) / empty Spark job, " + runs + " run(s)",
                target,
                round -> (figures.at(epoch, round) - figures.at(epoch + ": kernel", round))
                        / figures.at("empty Spark job", round),
                epoch,
                "empty Spark job");
    }

    /** What fixed point costs more than doubles would, as a part of the kernel's time, all cores adding up their blocks. */
    private void printSums(int runs, int cores) {
        String fixed = "an epoch's sums in fixed point, 1 thread, " + runs + " run(s)";
        String plain = "an epoch's sums as doubles, 1 thread, " + runs + " run(s)";
        String kernel = "ours, " + runs + " run(s): kernel";
        figures.printFormula(
                "all sums in fixed point / kernel, " + runs + " run(s)",
                "-",
                round -> figures.at(fixed, round) / cores / figures.at(kernel, round),
                fixed,
                kernel);
        figures.printFormula(
                "(sums in fixed point - as doubles) / kernel, " + runs + " run(s)",
                "0.03",
                round -> (figures.at(fixed, round) - figures.at(plain, round)) / cores / figures.at(kernel, round),
                fixed,
                plain,
                kernel);
    }

    /** How many cores of ours it takes to beat a plain loop in one thread. */
    private void printCost(int runs, int cores) {
        double plain = figures.median("plain Java loop, 1 thread, " + runs + " run(s)");
        double oneCore = figures.median("ours, " + runs + " run(s), one core");
        double allCores = figures.median("ours, " + runs + " run(s)");
        System.out.printf(
                Locale.ROOT,
                "COST, %d run(s): ours beats a plain Java loop in one thread with %s (%.1f ms an epoch with one core,"
                        + " %.1f with %d, the plain loop %.1f).%n%n",
                runs,
                oneCore < plain ? "one core" : allCores < plain ? cores + " cores" : "more cores than these",
                1e3 * oneCore,
                1e3 * allCores,
                cores,
                1e3 * plain);
    }

    private static double rows(CachedBlocks data) {
        return data.summary(Split.TRAIN).rows() + data.summary(Split.TEST).rows();
    }

    private static double time(Runnable action) {
        long started = System.nanoTime();
        action.run();
        return (System.nanoTime() - started) / 1e9;
    }

    /** The training images in a folder, with pixels from 0 to 1. */
    static JavaRDD<LabeledPoint> scaledTraining(String folder, JavaSparkContext spark) {
        return scaled(examples(folder, DatasetFiles.TRAIN_IMAGES, DatasetFiles.TRAIN_LABELS, spark)
                .points());
    }

    /** The test images in a folder, with pixels from 0 to 1. */
    static JavaRDD<LabeledPoint> scaledTest(String folder, JavaSparkContext spark) {
        return scaled(examples(folder, DatasetFiles.TEST_IMAGES, DatasetFiles.TEST_LABELS, spark)
                .points());
    }

    private static JavaRDD<LabeledPoint> scaled(JavaRDD<LabeledPoint> points) {
        return points.map(point -> {
            SparseVector pixels = (SparseVector) point.features();
            double[] values = pixels.values().clone();
            for (int k = 0; k < values.length; k++) {
                values[k] *= PIXEL;
            }
            return new LabeledPoint(point.label(), Vectors.sparse(pixels.size(), pixels.indices(), values));
        });
    }

    private static Examples examples(String folder, DatasetFiles images, DatasetFiles labels, JavaSparkContext spark) {
        Configuration configuration = new Configuration();
        return IdxExamples.inspect(
                        images.in(folder, configuration), labels.in(folder, configuration), 10, configuration)
                .read(spark, spark.defaultParallelism());
    }
}
