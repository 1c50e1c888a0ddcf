package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sparkperceptron.SparkTest;
import io.sparkperceptron.analysis.Comparison;
import io.sparkperceptron.analysis.Curvature;
import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.analysis.Predictions;
import io.sparkperceptron.analysis.ScoredExample;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.onnx.OnnxModel;
import io.sparkperceptron.results.MetricsTable;
import io.sparkperceptron.spark.Partitions;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.GradientFunction;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.storage.RDDInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Training on all of MNIST, compared with values from other programs. The build has fetched MNIST. */
class MnistIT extends SparkTest {

    private static final String DATA = "data/mnist";
    private static final int ROWS_TRAIN = 60_000;
    private static final int ROWS_TEST = 10_000;

    private static CachedBlocks data;
    private static List<TrainedRun> trained;
    private static final Map<String, EpochMetrics> METRICS = new HashMap<>();

    @BeforeAll
    static void train() {
        DataSets sets = new DataSets(
                examples(DatasetFiles.TRAIN_IMAGES, DatasetFiles.TRAIN_LABELS).read(spark(), 4),
                HoldOut.none(),
                examples(DatasetFiles.TEST_IMAGES, DatasetFiles.TEST_LABELS).read(spark(), 4),
                FeatureScaling.PIXEL);
        data = CachedBlocks.load(sets, Partitions.of(4));
        TrainingListener recorder = new TrainingListener() {
            @Override
            public void epochFinished(int epoch, List<EpochMetrics> metrics) {
                metrics.forEach(run -> METRICS.put(run.run().name() + "@" + epoch, run));
            }
        };
        TrainingPlan plan = new TrainingPlan(
                List.of(new Run(Loss.LOGISTIC, 0.1), new Run(Loss.LOGISTIC, 0.5), new Run(Loss.MSE, 0.5)),
                50,
                Start.ZEROS,
                StopRules.NONE);
        trained = new GradientDescent(new ClusterGradient(data, KernelChoice.AUTO), List.of(recorder))
                .train(plan, data.features(), data.classes());
    }

    @AfterAll
    static void unload() {
        data.close();
    }

    @Test
    void meetsTheReferenceValues() throws IOException {
        int rows = 0;
        try (BufferedReader reference = new BufferedReader(new InputStreamReader(
                MnistIT.class.getResourceAsStream("/mnist-full-batch.csv"), StandardCharsets.UTF_8))) {
            assertEquals(
                    "loss,learning_rate,epoch,train_cost,train_errors,test_cost,test_errors", reference.readLine());
            for (String line = reference.readLine(); line != null; line = reference.readLine()) {
                String[] row = line.split(",", -1);
                EpochMetrics actual = METRICS.get(row[0] + "-" + row[1] + "@" + row[2]);
                assertClose(Double.parseDouble(row[3]), actual.train().cost(), line);
                assertEquals(Double.parseDouble(row[4]), actual.train().error() * ROWS_TRAIN, 2.1, line);
                assertClose(Double.parseDouble(row[5]), actual.test().cost(), line);
                assertEquals(Double.parseDouble(row[6]), actual.test().error() * ROWS_TEST, 2.1, line);
                rows++;
            }
        }
        assertEquals(20, rows);
    }

    /** The digest of submit/train.sh without options, so that everybody can compare. */
    @Test
    @Tag("thorough")
    void theReadmeHasTheDigestOfTheDefaultTraining() throws IOException {
        Matcher said = Pattern.compile("^Digest of the weights of logistic-0\\.5: ([0-9a-f]{16}),", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("README.md")));
        assertTrue(said.find(), "the README's line with the digest");
        TrainingPlan plan = new TrainingPlan(List.of(new Run(Loss.LOGISTIC, 0.5)), 200, Start.ZEROS, StopRules.NONE);
        List<TrainedRun> found = new GradientDescent(new ClusterGradient(data, KernelChoice.AUTO), List.of())
                .train(plan, data.features(), data.classes());
        assertEquals(said.group(1), MetricsTable.digest(found.get(0).last()));
    }

    @Test
    void aCachedRowTakesAtMost520Bytes() {
        assertTrue(data.summary(Split.TRAIN).bytes() <= 520L * ROWS_TRAIN);
        long cached = 0;
        for (RDDInfo stored : spark().sc().getRDDStorageInfo()) {
            cached += stored.memSize() + stored.diskSize();
        }
        assertTrue(cached > 0 && cached <= 520L * (ROWS_TRAIN + ROWS_TEST), "Spark says " + cached);
    }

    @Test
    void theWeightsOfAZeroAreARingAndThoseOfAOneABar() {
        PerceptronModel model = trained.get(1).model();
        assertTrue(mean(model, 0, 12, 16, 12, 16) < -0.1, "no ink in the middle of a 0");
        assertTrue(mean(model, 0, 12, 18, 6, 9) > 0.05, "ink at the left of a 0");
        assertTrue(mean(model, 0, 8, 14, 19, 21) > 0.05, "ink at the right of a 0");
        assertTrue(mean(model, 1, 10, 18, 13, 15) > 0.1, "ink in the middle of a 1");
        assertTrue(mean(model, 1, 10, 18, 8, 11) < -0.05, "none at the left of a 1");
        assertTrue(mean(model, 1, 10, 18, 17, 20) < -0.05, "none at the right of a 1");
    }

    @Test
    void pixelsThatAreAlwaysBlackNeverMove() {
        PerceptronModel model = trained.get(1).model();
        int still = 0;
        for (int j = 0; j < model.features(); j++) {
            if (!data.summary(Split.TRAIN).activeFeatures().get(j)) {
                still++;
                for (int c = 0; c < model.classes(); c++) {
                    assertEquals(0.0, model.weight(c, j));
                }
            }
        }
        assertEquals(67, still);
    }

    @Test
    void evaluationCountsTheErrorsThatTrainingCounted() {
        Comparison comparison = ClusterEvaluation.of(
                data, Split.TEST, trained.stream().map(TrainedRun::model).toList(), 32);
        for (int run = 0; run < trained.size(); run++) {
            Evaluation evaluation = comparison.of(run);
            assertEquals(ROWS_TEST, evaluation.confusion().total());
            assertEquals(
                    trained.get(run).last().test().error(),
                    evaluation.confusion().error());
            assertEquals(980, evaluation.confusion().labelled(0));
            List<ScoredExample> mistakes = evaluation.mistakes();
            assertEquals(32, mistakes.size());
            for (int i = 0; i < mistakes.size(); i++) {
                assertTrue(mistakes.get(i).label() != mistakes.get(i).prediction());
                assertTrue(i == 0 || mistakes.get(i).z() <= mistakes.get(i - 1).z());
            }
        }
    }

    @Test
    void onnxRuntimePutsEveryTestImageInTheSameClassWithTheSameScore() throws OrtException, IOException {
        byte[] file = Files.readAllBytes(Path.of(DATA, "t10k-images-idx3-ubyte"));
        float[][][] images = new float[ROWS_TEST][28][28];
        for (int i = 0; i < ROWS_TEST * 784; i++) {
            images[i / 784][i % 784 / 28][i % 28] = file[16 + i] & 0xFF;
        }
        ModelDescription description = new ModelDescription(
                "logistic-0.5",
                "logistic",
                List.of(0.5, 0.0, 0.0),
                50,
                10,
                null,
                784,
                null,
                "pixel",
                new ImageShape(28, 28),
                "",
                "");
        ModelFiles.Stored stored =
                new ModelFiles.Stored(description, trained.get(1).model(), FeatureFactors.NONE);
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        try (OrtSession session = runtime.createSession(OnnxModel.of(stored));
                OnnxTensor input = OnnxTensor.createTensor(runtime, images);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            long[] labels = (long[]) result.get("label").orElseThrow().getValue();
            double[][] scores = (double[][]) result.get("scores").orElseThrow().getValue();
            int rows = 0;
            for (Predictions block : ClusterEvaluation.predict(
                            data.blocks().filter(block -> block.split() == Split.TEST), stored.model())
                    .collect()) {
                for (int i = 0; i < block.count(); i++) {
                    int row = (int) block.row(i);
                    assertEquals(block.predicted(i), labels[row]);
                    assertEquals(block.score(i), scores[row][block.predicted(i)], 1e-12);
                    rows++;
                }
            }
            assertEquals(ROWS_TEST, rows);
        }
    }

    @Test
    void theLargestEigenvalueIsThatOfADenseSolver() {
        double[] dense = new EigenDecomposition(new Array2DRowRealMatrix(gram())).getRealEigenvalues();
        double largest = Arrays.stream(dense).max().orElseThrow();
        GradientFunction gradient = new ClusterGradient(data, KernelChoice.AUTO);
        double found =
                new Curvature(gradient, data.features(), data.classes(), data.largestValue()).largestEigenvalue();
        assertEquals(largest, found, 1e-6 * largest);
        // The notes name this value.
        assertEquals(39.0126, found, 5e-5);
    }

    /** X'X/n of the training set, with a column of ones. */
    private static double[][] gram() {
        int bias = data.features();
        double[][] gram = new double[bias + 1][bias + 1];
        for (ExampleBlock block : data.blocks().collect()) {
            int[] columns = new int[block.longestRow() + 1];
            double[] values = new double[columns.length];
            for (int row = 0; block.split() == Split.TRAIN && row < block.rows(); row++) {
                int count = block.unpack(row, row + 1, columns, values);
                columns[count] = bias;
                values[count] = 1 / block.factor(row);
                for (int j = 0; j <= count; j++) {
                    double scaled = block.factor(row) * block.factor(row) * values[j] / ROWS_TRAIN;
                    for (int k = 0; k <= count; k++) {
                        gram[columns[j]][columns[k]] += scaled * values[k];
                    }
                }
            }
        }
        return gram;
    }

    private static IdxExamples examples(DatasetFiles images, DatasetFiles labels) {
        Configuration configuration = new Configuration();
        return IdxExamples.inspect(images.in(DATA, configuration), labels.in(DATA, configuration), 10, configuration);
    }

    private static void assertClose(double expected, double actual, String line) {
        assertEquals(expected, actual, 1e-9 * expected, line);
    }

    private static double mean(PerceptronModel model, int label, int top, int bottom, int left, int right) {
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += model.weight(label, y * 28 + x);
            }
        }
        return sum / ((bottom - top) * (right - left));
    }
}
