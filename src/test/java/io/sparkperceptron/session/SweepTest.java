package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.notes.NotePage;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingStopped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API that notebooks and programs use, on a few images. */
class SweepTest extends SparkTest {

    private static final int CLASSES = 6;

    @TempDir
    Path temporary;

    @Test
    void trainsAndShowsItsResultsAsDataFramesAndPictures() throws IOException {
        SparkSession session = session();
        String output = temporary.resolve("out").toString();
        List<Integer> told = new ArrayList<>();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                told.add(epoch);
            }
        };
        Results results;
        try (TrainingData data = TrainingData.load(session, folder().toString(), 300)) {
            assertEquals(900, data.rows(Split.TRAIN));
            assertEquals(300, data.rows(Split.VALIDATION));
            assertEquals(600, data.rows(Split.TEST));
            assertEquals(1200, data.points().count());
            assertEquals(CLASSES * 8, data.features());
            assertEquals(10, data.classes());
            results = new Sweep(data)
                    .losses("logistic", "mse")
                    .rates(0.5, 1e300)
                    .progress(new PrintStream(printed, true, StandardCharsets.UTF_8))
                    .listener(listener)
                    .epochs(20)
                    .train(output);
            assertEquals(
                    data.stability().rate(Loss.LOGISTIC), results.stability().rate(Loss.LOGISTIC));
        }
        assertEquals(21, told.size());
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.get(0).startsWith("epoch 0/20  ") && lines.get(0).endsWith(" left"), lines::toString);
        assertTrue(lines.get(lines.size() - 2).matches("epoch 20/20  .* trained in \\d+ s"), lines::toString);
        assertEquals(
                "Now it finds the mistakes, measures curvatures, draws the pictures and writes the page",
                lines.get(lines.size() - 1));
        assertEquals(List.of("logistic-0.5", "logistic-1e+300", "mse-0.5", "mse-1e+300"), normalised(results.runs()));

        Row last = results.metrics().filter("run = 'mse-0.5' and epoch = 20").first();
        assertEquals(0.5, last.<Double>getAs("learning_rate"));
        assertTrue(last.<Double>getAs("validation_error") <= 1);
        Row diverged = results.metrics()
                .filter("loss = 'logistic' and learning_rate > 1 and epoch = 1")
                .first();
        assertNull(diverged.getAs("train_cost"));
        assertEquals(4, results.summary().count());
        assertEquals(
                1,
                results.summary()
                        .filter("verdict = 'diverged' and ending = 'diverged' and loss = 'logistic'")
                        .count());
        assertEquals(480, sum(results, "histogram"));
        assertEquals(600, sum(results, "confusion"));
        assertTrue(results.curvature()
                        .filter("run = 'logistic-0.5' and epoch = 20")
                        .count()
                == 1);
        byte[] png = Base64.getDecoder().decode(results.image(results.best(), "weights.png"));
        assertEquals('P', png[1]);
        assertTrue(Files.exists(Path.of(URI.create(results.report()))));

        Results again = Results.open(session, output);
        assertEquals(results.metrics().collectAsList(), again.metrics().collectAsList());
        assertEquals(results.summary().collectAsList(), again.summary().collectAsList());
        assertThrows(UserException.class, () -> again.image("../mse-0.5", "weights.png"));
        assertThrows(UserException.class, () -> again.image("mse-0.5", "../../run.json"));
        assertThrows(UserException.class, () -> again.histogram("mse-7"));
        assertEquals(
                "<a href=\"http://host/a&amp;b/report.html\" target=\"_blank\">http://host/a&amp;b/report.html</a>",
                again.page("http://host/a&b/"));
        Folder folder = Folder.at(output, spark().hadoopConfiguration());
        String page = Files.readString(Path.of(URI.create(results.report())));
        String large = NotePage.html(folder, " ", 100 << 10);
        assertTrue(
                large.contains("/out/report.html. To be shown here it takes ")
                        && large.contains("more than the 102,400"),
                large);
        String shown = NotePage.html(folder, "", 1 << 24);
        String document = shown.substring(shown.indexOf("srcdoc=\"") + 8, shown.lastIndexOf('"'));
        assertFalse(document.contains("\"") || document.contains("\n%"));
        assertEquals(
                page,
                document.replace("&#37;", "%")
                        .replace("&quot;", "\"")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"));
    }

    @Test
    @Tag("thorough")
    void replacesEarlierResultsAndNothingElse() throws IOException {
        String output = temporary.resolve("out").toString();
        try (TrainingData data = TrainingData.load(session(), folder().toString())) {
            new Sweep(data).epochs(1).train(output);
            assertEquals(
                    List.of("logistic-2"),
                    new Sweep(data).rates(2).epochs(1).train(output).runs());
            assertEquals(
                    List.of("logistic-0.1", "logistic-1", "logistic-10"),
                    new Sweep(data)
                            .rateRange(0.1, 10, 3)
                            .epochs(1)
                            .train(output)
                            .runs());
            Files.writeString(temporary.resolve("out/mine.txt"), "mine");
            Sweep sweep = new Sweep(data).epochs(1);
            UserException refused = assertThrows(UserException.class, () -> sweep.train(output));
            assertTrue(refused.getMessage().contains("found 'mine.txt'"), refused.getMessage());
            assertThrows(IllegalArgumentException.class, () -> sweep.losses("hinge"));
            assertThrows(IllegalArgumentException.class, () -> sweep.rates(0).train(temporary + "/other"));
        }
        assertThrows(UserException.class, () -> TrainingData.load(session(), temporary + "/nowhere"));
        assertThrows(UserException.class, () -> Results.open(session(), temporary + "/nowhere"));
    }

    @Test
    void stopsAndGoesOnWithTheSameBitsFromAnyStart() throws IOException {
        AtomicInteger epochs = new AtomicInteger();
        TrainingListener count = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                epochs.set(epoch);
            }
        };
        try (TrainingData data = TrainingData.load(session(), folder().toString())) {
            Supplier<Sweep> sweep = () -> new Sweep(data)
                    .normalStart(0.1, 7)
                    .kernel(KernelChoice.SCALAR)
                    .checkpointEvery(5)
                    .epochs(12);
            String whole = temporary.resolve("whole").toString();
            sweep.get().train(whole);
            String parts = temporary.resolve("parts").toString();
            Sweep stopping = sweep.get().listener(count).stopWhen(() -> epochs.get() >= 7);
            TrainingStopped stopped = assertThrows(TrainingStopped.class, () -> stopping.train(parts));
            assertEquals(8, stopped.epoch());
            sweep.get().existing(Existing.RESUMED).train(parts);
            for (String file : List.of("models/logistic-0.5/weights.npy", "summary.csv")) {
                assertEquals(
                        -1, Files.mismatch(temporary.resolve("whole/" + file), temporary.resolve("parts/" + file)));
            }
            UserException other = assertThrows(
                    UserException.class,
                    () -> sweep.get().tolerance(0.5).existing(Existing.RESUMED).train(parts));
            assertEquals("tolerance", other.option());
            Results early = sweep.get().targetError(0.5).train(parts);
            assertEquals("target", early.summary().first().getAs("ending"));
            Results still = new Sweep(data)
                    .rates(1e-300)
                    .patience(2)
                    .epochs(9)
                    .train(temporary.resolve("still").toString());
            assertEquals("patience", still.summary().first().getAs("ending"));
        }
    }

    /** Zeppelin cancels a job group when somebody stops a paragraph. */
    @Test
    void aTrainingWhoseJobsAreCancelledLeavesACheckpointToGoOnFrom() throws Exception {
        String parts = temporary.resolve("parts").toString();
        CountDownLatch under = new CountDownLatch(8);
        TrainingListener count = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                under.countDown();
            }
        };
        try (TrainingData data = TrainingData.load(session(), folder().toString())) {
            AtomicBoolean over = new AtomicBoolean();
            Thread stopping = new Thread(() -> {
                while (!over.get()) {
                    LockSupport.parkNanos(1_000_000);
                    // Between two epochs there is no job to cancel.
                    if (under.getCount() == 0) {
                        spark().sc().cancelJobGroup("a paragraph");
                    }
                }
            });
            stopping.start();
            spark().setJobGroup("a paragraph", "of a note");
            try {
                Sweep stopped = new Sweep(data).epochs(100_000).listener(count);
                UserException cancelled = assertThrows(UserException.class, () -> stopped.train(parts));
                assertEquals("The Spark job was cancelled by whoever runs this Spark", cancelled.getMessage());
            } finally {
                over.set(true);
                stopping.join();
                spark().clearJobGroup();
            }
            try (var checkpoints = Files.list(temporary.resolve("parts/checkpoints"))) {
                assertTrue(checkpoints.anyMatch(folder -> folder.toString().matches(".*epoch-0*[1-9]\\d*")));
            }
        }
    }

    /** The lock may remain, or the training may write it again during the removal. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resultsThatAreRemovedWhileItTrainsStopIt(boolean withLock) throws IOException {
        Path output = temporary.resolve("out");
        TrainingListener removing = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                if (epoch == 5) {
                    remove(output, withLock);
                }
            }
        };
        try (TrainingData data = TrainingData.load(session(), folder().toString())) {
            Sweep sweep = new Sweep(data).epochs(1_000_000).listener(removing);
            String told = assertThrows(UserException.class, () -> sweep.train(output.toString()))
                    .getMessage();
            String gone = withLock
                    ? "the folder file:" + output + " while a training writes to it"
                    : "file:" + output + "/run.json while a training writes to its folder";
            assertTrue(told.startsWith("Expected " + gone + ", found it removed"), told);
        }
        assertFalse(Files.exists(output), "made again");
    }

    private static void remove(Path output, boolean withLock) {
        try (Stream<Path> all = Files.walk(output)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (withLock || !(path.endsWith(".lock") || path.equals(output))) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anyWholeNumbersAreLabelsOfAnRdd() {
        JavaRDD<LabeledPoint> points = spark().parallelize(
                        List.of(
                                new LabeledPoint(7, Vectors.dense(1, 0)),
                                new LabeledPoint(-3, Vectors.dense(0, 1)),
                                new LabeledPoint(7, Vectors.dense(2, 0))),
                        2);
        Examples training = Examples.of(points, 2, null, "some");
        assertEquals(ClassLabels.of(2, List.of(-3, 7)), training.labels());
        Examples test = Examples.of(points, 2, training.labels(), null, "some");
        DataSets sets = new DataSets(training, HoldOut.none(), test, FeatureScaling.NONE);
        try (TrainingData data = TrainingData.of(session(), sets, 2)) {
            String output = temporary.resolve("out").toString();
            Results results = new Sweep(data).epochs(5).train(output);
            assertEquals(
                    List.of("[-3,-3,1]", "[-3,7,0]", "[7,-3,0]", "[7,7,2]"),
                    results.confusion("logistic-0.5").collectAsList().stream()
                            .map(Row::toString)
                            .toList());
        }
    }

    @Test
    void labelsOfAnRddMustBeWholeAndKnown() {
        JavaRDD<LabeledPoint> halves = spark().parallelize(List.of(new LabeledPoint(0.5, Vectors.dense(1))));
        assertEquals(
                "Expected whole numbers as labels in halves, found 0.5",
                assertThrows(UserException.class, () -> Examples.of(halves, 1, null, "halves"))
                        .getMessage());
        Examples training = Examples.of(labelled(-1, 1), 1, null, "training");
        for (Examples test : List.of(
                Examples.of(labelled(3), 1, training.labels(), null, "test"),
                Examples.of(labelled(1), 1, ClassLabels.upTo(2), null, "test"))) {
            DataSets sets = new DataSets(training, HoldOut.none(), test, FeatureScaling.NONE);
            String message = assertThrows(UserException.class, () -> TrainingData.of(session(), sets, 1))
                    .getMessage();
            assertEquals(
                    test.labels().areNumbers()
                            ? "Expected the training data's labels in the test data, -1, 1, found 0 to 1 in test"
                            : "Expected one of the training set's labels, -1, 1 in row 0 of the test set, found 3.0",
                    message);
        }
    }

    private static JavaRDD<LabeledPoint> labelled(int... labels) {
        return spark().parallelize(Arrays.stream(labels)
                .mapToObj(label -> new LabeledPoint(label, Vectors.dense(1)))
                .toList());
    }

    @Test
    void aSetWithoutExamplesIsRefused() {
        ClassLabels labels = ClassLabels.upTo(2);
        JavaRDD<LabeledPoint> one = spark().parallelize(List.of(new LabeledPoint(1, Vectors.dense(1, 2))));
        Examples some = Examples.of(one, 2, labels, null, "some");
        Examples none = Examples.of(spark().<LabeledPoint>emptyRDD(), 2, labels, null, "none");
        for (DataSets sets : List.of(
                new DataSets(some, HoldOut.none(), none, FeatureScaling.NONE),
                new DataSets(none, HoldOut.none(), some, FeatureScaling.NONE))) {
            UserException refused = assertThrows(UserException.class, () -> TrainingData.of(session(), sets, 2));
            assertEquals("Expected at least one example in none, found none", refused.getMessage());
        }
    }

    @Test
    void runsWithoutARateHaveCurvaturesButNoProductsWithARate() throws IOException {
        String output = temporary.resolve("out").toString();
        Results results;
        try (TrainingData data = TrainingData.load(session(), folder().toString(), 300)) {
            results = new Sweep(data)
                    .optimizers("descent", "lbfgs")
                    .rates(0.5)
                    .epochs(3)
                    .train(output);
        }
        assertEquals(List.of("logistic-0.5", "logistic-lbfgs"), results.runs());
        Dataset<Row> known = results.curvature().filter("rate_times_curvature is not null");
        assertEquals(0, known.filter("run = 'logistic-lbfgs'").count());
        assertTrue(known.filter("run = 'logistic-0.5'").count() > 0);
        assertTrue(results.curvature().filter("run = 'logistic-lbfgs'").count() > 0);
        Outcome outcome = Outcome.read(Folder.at(output, spark().hadoopConfiguration()));
        List<RunHistory> runs = outcome.runs();
        assertFalse(outcome.measured(runs.get(0)).lines().isEmpty());
        assertEquals(List.of(), outcome.measured(runs.get(1)).lines());
    }

    @Test
    @Tag("thorough")
    void parquetHasTheColumnsRowsAndNumbersOfTheCsvFiles() throws IOException {
        String output = temporary.resolve("out").toString();
        DataSettings inFolds = DataSettings.images(folder().toString(), 0).withFolds(2, 1);
        try (TrainingData data = TrainingData.load(session(), inFolds, 2)) {
            new Sweep(data).rates(0.5, 1e300, 2).epochs(3).train(output).writeParquet();
        }
        for (String name : List.of("metrics", "summary")) {
            List<String> lines = Files.readAllLines(temporary.resolve("out/" + name + ".csv"));
            Dataset<Row> table = session().read().parquet(output + "/" + name + ".parquet");
            assertEquals(List.of(lines.get(0).split(",", -1)), List.of(table.columns()));
            List<List<Object>> found = table.collectAsList().stream()
                    .map(row -> cells(row.mkString(",")))
                    .toList();
            assertEquals(lines.stream().skip(1).map(SweepTest::cells).toList(), found);
        }
    }

    private static List<Object> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(SweepTest::cell).toList();
    }

    /** Parses a number; a cell that is empty, null or not finite becomes an empty text. */
    private static Object cell(String text) {
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? number : "";
        } catch (NumberFormatException e) {
            return text.equals("null") ? "" : text;
        }
    }

    private static long sum(Results results, String what) {
        return what.equals("confusion")
                ? results.confusion("mse-0.5")
                        .selectExpr("sum(`count`)")
                        .first()
                        .getLong(0)
                : results.histogram("mse-0.5")
                        .selectExpr("sum(moving + never_moving)")
                        .first()
                        .getLong(0);
    }

    private static List<String> normalised(List<String> runs) {
        return runs.stream().map(run -> run.replace("1E+300", "1e+300")).toList();
    }

    private Path folder() {
        return TestImages.writeFolder(temporary.resolve("data"), 1200, 600, CLASSES, 8);
    }

    private static SparkSession session() {
        return SparkSession.builder().sparkContext(spark().sc()).getOrCreate();
    }
}
