package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.session.DataSettings;
import io.sparkperceptron.session.Sweep;
import io.sparkperceptron.session.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerceptronClassifierTest extends MlTest {

    /** Static, because Spark's tasks, which run in this process, get copies of objects. */
    private static final AtomicBoolean CHANGED = new AtomicBoolean();

    @TempDir
    Path folder;

    private static PerceptronClassifier classifier() {
        return new PerceptronClassifier().setMaxIter(15).setOrderCol("id");
    }

    @Test
    void bitsDependOnTheRowsAndTheirOrderAlone() {
        Dataset<Row> rows = rows(2300, 1);
        List<Long> expected = bits(classifier().fit(rows));
        assertEquals(expected, bits(classifier().fit(rows.repartition(7))));
        assertEquals(expected, bits(classifier().fit(rows.coalesce(1))));
        assertNotEquals(expected, bits(classifier().setStepSize(0.4).fit(rows)));
    }

    /** Rows in the order of files, and in the order of a column. */
    @Test
    void weightsAreThoseOfATrainingFromFiles() throws IOException {
        Path train = libsvm("train", 2300, 3);
        Path test = libsvm("test", 700, 4);
        try (TrainingData data = TrainingData.load(
                session(),
                new DataSettings(
                        new DataSettings.LibsvmText(train.toString(), test.toString()),
                        null,
                        null,
                        FeatureScaling.STANDARD,
                        0,
                        1))) {
            new Sweep(data)
                    .losses("mse")
                    .rates(0.7)
                    .l2(0.01)
                    .epochs(12)
                    .train(folder.resolve("results").toString());
        }
        List<Long> expected = bits(PerceptronClassificationModel.load(
                folder.resolve("results/models/mse-0.7").toString()));
        Dataset<Row> rows = read(train, false).union(read(test, true));
        PerceptronClassifier classifier = new PerceptronClassifier()
                .setLoss("mse")
                .setStepSize(0.7)
                .setRegParam(0.01)
                .setMaxIter(12)
                .setScaling("standard")
                .setValidationIndicatorCol("marked");
        assertEquals(expected, bits(classifier.fit(rows)));
        Dataset<Row> numbered =
                rows.withColumn("id", functions.monotonically_increasing_id()).cache();
        numbered.count();
        assertEquals(
                expected,
                bits(classifier.setOrderCol("id").fit(numbered.repartition(5).sort(functions.rand(7)))));
    }

    private Path libsvm(String name, int count, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(CLASSES);
            lines.add(label + " 1:" + random.nextGaussian() + " " + (label + 2) + ":" + random.nextDouble() + " 6:0.5");
        }
        return Files.write(folder.resolve(name), lines);
    }

    private static Dataset<Row> read(Path file, boolean marked) {
        return session()
                .read()
                .format("libsvm")
                .option("numFeatures", "6")
                .load(file.toString())
                .withColumn("marked", functions.lit(marked));
    }

    @Test
    void aGridGivesTheBitsOfSeparateFits() {
        Dataset<Row> rows = rows(1200, 2);
        PerceptronClassifier classifier = classifier();
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.stepSize(), new double[] {0.1, 2})
                .addGrid(classifier.regParam(), new double[] {0, 0.01})
                .addGrid(classifier.maxIter(), new int[] {3, 5})
                .build();
        List<PerceptronClassificationModel> together = classifier.fit(rows, grid);
        assertEquals(8, together.size());
        for (int i = 0; i < grid.length; i++) {
            PerceptronClassificationModel alone = classifier.fit(rows, grid[i]);
            assertEquals(bits(alone), bits(together.get(i)));
            assertEquals(alone.getStepSize(), together.get(i).getStepSize());
            assertEquals(alone.getMaxIter(), together.get(i).summary().totalIterations());
        }
    }

    @Test
    void thePageListsAllParams() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/dataframes.md"));
        for (Param<?> param : new PerceptronClassifier().params()) {
            assertTrue(page.contains("`" + param.name() + "`"), param.name());
        }
    }

    @Test
    void transforms() {
        Dataset<Row> rows = rows(400, 3);
        PerceptronClassificationModel model = classifier().fit(rows);
        assertEquals(CLASSES, model.numClasses());
        assertEquals(FEATURES, model.numFeatures());
        for (Row row : model.transform(rows).takeAsList(50)) {
            Vector raw = row.getAs("rawPrediction");
            Vector probability = row.getAs("probability");
            assertEquals(raw.argmax(), (double) row.getAs("prediction"));
            Vector weighted = model.coefficientMatrix().multiply(row.<Vector>getAs("features"));
            for (int c = 0; c < CLASSES; c++) {
                assertEquals(
                        raw.apply(c),
                        weighted.apply(c) + model.interceptVector().apply(c),
                        1e-12);
                assertEquals(1 / (1 + Math.exp(-raw.apply(c))), probability.apply(c), 1e-15);
            }
        }
        assertTrue(model.explainParams().contains("stepSize: the step along the gradient (above 0)"));
    }

    @Test
    void theSummaryHasCurvesAndJudgesThem() {
        Dataset<Row> rows = rows(800, 4);
        PerceptronClassificationModel model =
                classifier().setValidationIndicatorCol("marked").fit(rows);
        assertEquals(16, model.summary().metrics().count());
        assertTrue(model.summary().curvature().count() > 3);
        Row verdict = model.summary().verdict().first();
        assertEquals("steady", verdict.getAs("verdict"));
        assertEquals("validation", verdict.getAs("chosen_by"));
    }

    @Test
    void aSummaryRefusesValidationRowsThatHaveChanged() {
        CHANGED.set(false);
        UserDefinedFunction mayChange = functions.udf(
                (Double label, Boolean marked) -> CHANGED.get() && marked ? CLASSES - 1 - label : label,
                DataTypes.DoubleType);
        Dataset<Row> rows =
                rows(100, 4).withColumn("label", mayChange.apply(functions.col("label"), functions.col("marked")));
        // With an order, Spark would read the rows again from the files of their shuffle.
        PerceptronTrainingSummary summary = new PerceptronClassifier()
                .setMaxIter(3)
                .setValidationIndicatorCol("marked")
                .fit(rows)
                .summary();
        CHANGED.set(true);
        String told = assertThrows(UserException.class, summary::verdict).getMessage();
        assertTrue(told.startsWith("Expected the rows that were trained on, found others in "), told);
    }

    @Test
    void refusesInvalidParams() {
        assertThrows(UserException.class, () -> classifier().setPatience(3).fit(rows(10, 5)));
        assertThrows(IllegalArgumentException.class, () -> classifier().setLoss("hinge"));
    }
}
