package io.sparkperceptron.benchmark;

import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.KryoRegistration;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.HoldOut;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.results.MetricsFile;
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
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
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
            CachedBlocks mnist = CachedBlocks.load(sets(training, test), partitions);
            CachedBlocks many = CachedBlocks.load(
                    sets(examples(arguments[1], DatasetFiles.TRAIN_IMAGES, DatasetFiles.TRAIN_LABELS, spark), test),
                    partitions);
            benchmark.addOurs(mnist, many);
            benchmark.subjects.put("empty Spark job", () -> emptyJob(spark, partitions));
            PlainLoop loop = new PlainLoop(Path.of(arguments[0]));
            benchmark.subjects.put("plain Java loop, 1 thread", () -> time(loop::epoch));
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
            benchmark.measure(Integer.parseInt(arguments[3]));
            benchmark.print(mnist, many, spark, python.libraries());
        }
    }

    private static DataSets sets(Examples training, Examples test) {
        return new DataSets(training, HoldOut.none(), test, FeatureScaling.PIXEL);
    }

    private void addOurs(CachedBlocks mnist, CachedBlocks many) {
        for (int runs : new int[] {1, 9, 18}) {
            subjects.put("ours, " + runs + " run(s)", () -> ours(mnist, runs, KernelChoice.AUTO, 60 / runs + 10));
        }
        subjects.put("ours, 1 run, scalar kernel", () -> ours(mnist, 1, KernelChoice.SCALAR, 10));
        subjects.put("ours, 1 run, many rows", () -> ours(many, 1, KernelChoice.AUTO, 10));
    }

    /** The median epoch of a training; its kernel's part is noted apart. */
    private double ours(CachedBlocks data, int runs, KernelChoice kernel, int epochs) {
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
                .mapToObj(
                        run -> new Run(run < RATES.length ? Loss.LOGISTIC : Loss.MSE, RATES[(run + 3) % RATES.length]))
                .toList();
        Folder folder = Folder.at(output.toString(), new Configuration());
        new GradientDescent(new ClusterGradient(data, kernel), List.of(recorder, new MetricsFile(folder)))
                .train(new TrainingPlan(plan, epochs, Start.ZEROS, StopRules.NONE), data.features(), data.classes());
        note(
                "ours, " + runs + " run(s): kernel" + (kernel == KernelChoice.SCALAR ? ", scalar" : "")
                        + (data.summary(Split.TRAIN).rows() > 100_000 ? ", many rows" : ""),
                median(times.stream().map(EpochTime::kernel).toList()));
        return median(times.stream().map(EpochTime::total).toList());
    }

    private static double emptyJob(JavaSparkContext spark, int partitions) {
        JavaRDD<Integer> nothing =
                spark.parallelize(IntStream.range(0, partitions).boxed().toList(), partitions);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            times.add(time(() -> nothing.foreach(x -> {})));
        }
        return median(times);
    }

    private void measure(int rounds) {
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
                // Which warmed everything up.
                seconds.clear();
            }
        }
    }

    private void note(String subject, double measured) {
        seconds.computeIfAbsent(subject, name -> new ArrayList<>()).add(measured);
    }

    private void print(CachedBlocks mnist, CachedBlocks many, JavaSparkContext spark, Map<String, String> libraries) {
        System.out.printf(
                Locale.ROOT,
                "%nMedian epochs of %d rounds, %s, Spark %s, Java %s, kernel %s, %s%n%n",
                seconds.values().iterator().next().size(),
                spark.master(),
                spark.version(),
                System.getProperty("java.version"),
                KernelChoice.AUTO.description(),
                libraries);
        System.out.printf(Locale.ROOT, "| what | ms | min | max |%n|---|---:|---:|---:|%n");
        seconds.forEach((subject, times) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f |%n",
                subject,
                1e3 * median(times),
                1e3 * times.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                1e3 * times.stream().mapToDouble(Double::doubleValue).max().orElseThrow()));
        double rows = rows(mnist);
        double manyRows = rows(many);
        System.out.printf(Locale.ROOT, "%n| figure | ratio |%n|---|---:|%n");
        ratio("one run / PyTorch float32", "ours, 1 run(s)", "torch float32, 10 columns", 1);
        ratio("one run / numpy float32", "ours, 1 run(s)", "numpy float32, 10 columns", 1);
        ratio(
                "one run / MLlib LogisticRegression's iteration",
                "ours, 1 run(s)",
                "MLlib LogisticRegression, iteration",
                1);
        ratio("9 runs / one run", "ours, 9 run(s)", "ours, 1 run(s)", 1);
        ratio("18 runs / PyTorch float32 with 180 columns", "ours, 18 run(s)", "torch float32, 180 columns", 1);
        ratio("rows per second, many rows / MNIST", "ours, 1 run(s)", "ours, 1 run, many rows", manyRows / rows);
        ratio(
                "scalar kernel in one thread / plain Java loop",
                "ours, 1 run(s): kernel, scalar",
                "plain Java loop, 1 thread",
                2);
        System.out.printf(
                Locale.ROOT,
                "| (epoch - kernel) / empty Spark job, one run | %.2f |%n",
                (median("ours, 1 run(s)") - median("ours, 1 run(s): kernel")) / median("empty Spark job"));
        System.out.printf(
                Locale.ROOT,
                "| bytes cached per row of MNIST | %.0f |%n",
                mnist.summary(Split.TRAIN).bytes()
                        / (double) mnist.summary(Split.TRAIN).rows());
    }

    private void ratio(String name, String one, String other, double factor) {
        if (seconds.containsKey(one) && seconds.containsKey(other)) {
            System.out.printf(Locale.ROOT, "| %s | %.2f |%n", name, factor * median(one) / median(other));
        }
    }

    private static double rows(CachedBlocks data) {
        return data.summary(Split.TRAIN).rows() + data.summary(Split.TEST).rows();
    }

    private double median(String subject) {
        return median(seconds.get(subject));
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double time(Runnable action) {
        long started = System.nanoTime();
        action.run();
        return (System.nanoTime() - started) / 1e9;
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
