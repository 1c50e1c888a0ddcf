package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import io.sparkperceptron.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.ClassificationSummary;
import org.apache.spark.ml.classification.TrainingSummary;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.util.HasTrainingSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users of Spark's own classifiers expect. */
class ConventionsTest extends MlTest {

    @TempDir
    Path folder;

    @Test
    void aSettingThatDivergesKeepsTheOthersAndItsLastFiniteWeights() throws IOException {
        Dataset<Row> rows = rows(300, 1).cache();
        PerceptronClassifier classifier =
                new PerceptronClassifier().setMaxIter(200).setOrderCol("id");
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.regParam(), new double[] {0, 1e3})
                .build();
        List<PerceptronClassificationModel> models = classifier.fit(rows, grid);
        assertEquals(bits(classifier.fit(rows)), bits(models.get(0)));
        assertEquals("", models.get(0).summary().divergence());
        PerceptronTrainingSummary summary = models.get(1).summary();
        int epoch = summary.totalIterations();
        assertEquals(
                "The training diverged at epoch " + epoch + " with regParam 1000.0 and stepSize 0.5, whose product is"
                        + " above 2, so that the penalty makes the weights grow; set a smaller regParam or"
                        + " stepSize",
                summary.divergence());
        assertEquals("diverged", summary.ending());
        assertEquals(epoch - 1, summary.modelEpoch());
        assertEquals(bits(classifier.copy(grid[1]).setMaxIter(epoch - 1).fit(rows)), bits(models.get(1)));
        assertEquals(
                300, models.get(1).transform(rows).filter("prediction >= 0").count());
        assertTrue(summary.accuracy() > 0);
        assertEquals(epoch + 1, summary.objectiveHistory().length);
        assertEquals(0, summary.curvature().count());
        assertEquals("diverged", summary.verdict().first().getAs("verdict"));
        String place = folder.resolve("diverged").toString();
        models.get(1).save(place);
        assertEquals(bits(models.get(1)), bits(PerceptronClassificationModel.load(place)));

        assertEquals(
                "The training diverged at epoch 1 with stepSize 1.0E300; set a smaller one, or scale the features",
                classifier
                        .copy(ParamMap.empty())
                        .setStepSize(1e300)
                        .fit(rows)
                        .summary()
                        .divergence());
        PerceptronClassificationModel chosen = (PerceptronClassificationModel) new CrossValidator()
                .setEstimator(classifier.copy(ParamMap.empty()).setMaxIter(60))
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(classifier.stepSize(), new double[] {1e300, 0.5})
                        .build())
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
                .setNumFolds(2)
                .fit(rows)
                .bestModel();
        assertEquals(0.5, chosen.getStepSize());
        UserException start = assertThrows(
                UserException.class,
                () -> new PerceptronClassifier().setInitSigma(1.7e308).fit(rows));
        assertEquals(
                "The training diverged at epoch 0: the starting weights or the features are too large; set a smaller"
                        + " initSigma or another initialModel, or scale the features",
                start.getMessage());
        rows.unpersist();
    }

    @Test
    void patienceReturnsTheModelOfTheLeastValidationError() {
        Dataset<Row> rows = rows(400, 4);
        PerceptronClassifier classifier = new PerceptronClassifier()
                .setStepSize(3)
                .setMaxIter(100)
                .setOrderCol("id")
                .setValidationIndicatorCol("marked");
        PerceptronClassificationModel model =
                classifier.copy(ParamMap.empty()).setPatience(7).fit(rows);
        PerceptronTrainingSummary summary = model.summary();
        assertEquals("patience", summary.ending());
        int best = summary.totalIterations() - 7;
        assertEquals(best, summary.modelEpoch());
        Row least = summary.metrics().sort("validation_error", "epoch").first();
        assertEquals(best, least.<Integer>getAs("epoch"));
        double errors = model.transform(rows.filter("marked"))
                .filter("prediction <> label")
                .count();
        assertEquals(
                least.<Double>getAs("validation_error"),
                errors / rows.filter("marked").count(),
                1e-12);
        assertEquals(bits(classifier.copy(ParamMap.empty()).setMaxIter(best).fit(rows)), bits(model));
        assertNotEquals(
                bits(classifier
                        .copy(ParamMap.empty())
                        .setMaxIter(summary.totalIterations())
                        .fit(rows)),
                bits(model));
    }

    @Test
    void nullIsRefusedAnEmptyColumnMeansNoneAndCaseDoesNotMatter() {
        PerceptronClassifier classifier = new PerceptronClassifier().setMaxIter(3);
        assertEquals(
                "Expected a value of a param, found null; clear(param) unsets it",
                assertThrows(IllegalArgumentException.class, () -> classifier.setLoss(null))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> classifier.setSolver(null));
        assertThrows(IllegalArgumentException.class, () -> classifier.setScaling(null));
        assertThrows(IllegalArgumentException.class, () -> classifier.loss().w(null));
        assertThrows(
                IllegalArgumentException.class, () -> classifier.weightCol().w(null));
        Dataset<Row> rows = rows(60, 2);
        List<Long> expected = bits(classifier.fit(rows));
        for (String none : Arrays.asList("", null)) {
            assertEquals(
                    expected,
                    bits(classifier
                            .copy(ParamMap.empty())
                            .setWeightCol(none)
                            .setOrderCol(none)
                            .setValidationIndicatorCol(none)
                            .setInitialModel(null)
                            .fit(rows)));
        }
        PerceptronClassifier mse =
                classifier.copy(ParamMap.empty()).setLoss("mse").setScaling("standard");
        PerceptronClassifier loud =
                mse.copy(ParamMap.empty()).setLoss("MSE").setSolver("Descent").setScaling("Standard");
        assertEquals(bits(mse.fit(rows)), bits(loud.fit(rows)));
        assertEquals("MSE", loud.getLoss());
        assertThrows(
                IllegalArgumentException.class,
                () -> classifier.copy(ParamMap.empty()).setFeaturesCol("nosuch").fit(rows));
        assertThrows(IllegalArgumentException.class, () -> classifier
                .fit(rows)
                .transform(rows.drop("features").withColumn("features", functions.lit("text"))));
    }

    @Test
    void labelsBeyondThoseOfTheMetadataAreRefused() {
        Dataset<Row> rows = rows(60, 3);
        for (int known : new int[] {3, 4, 6}) {
            Dataset<Row> described = rows.withColumn(
                    "label",
                    functions
                            .col("label")
                            .as(
                                    "label",
                                    NominalAttribute.defaultAttr()
                                            .withName("label")
                                            .withNumValues(known)
                                            .toMetadata()));
            PerceptronClassifier classifier = new PerceptronClassifier().setMaxIter(1);
            if (known < CLASSES) {
                assertEquals(
                        "Expected labels below 3 in the column 'label' of the data frame, as its metadata say, found 3;"
                                + " fit StringIndexer to all rows, or remove the metadata",
                        assertThrows(IllegalArgumentException.class, () -> classifier.fit(described))
                                .getMessage());
            } else {
                assertEquals(known, classifier.fit(described).numClasses());
            }
        }
    }

    @Test
    void allColumnsMayHaveDots() {
        Dataset<Row> rows = rows(60, 5);
        Dataset<Row> dotted = rows;
        for (String name : rows.columns()) {
            dotted = dotted.withColumnRenamed(name, "a." + name + ".b");
        }
        PerceptronClassifier plain = new PerceptronClassifier()
                .setMaxIter(3)
                .setOrderCol("id")
                .setWeightCol("weight")
                .setValidationIndicatorCol("marked");
        PerceptronClassifier other = plain.copy(ParamMap.empty())
                .setFeaturesCol("a.features.b")
                .setLabelCol("a.label.b")
                .setOrderCol("a.id.b")
                .setWeightCol("a.weight.b")
                .setValidationIndicatorCol("a.marked.b")
                .setPredictionCol("my.prediction")
                .setProbabilityCol("my.probability")
                .setRawPredictionCol("");
        PerceptronClassificationModel expected = plain.fit(rows);
        PerceptronClassificationModel model = other.fit(dotted);
        assertEquals(bits(expected), bits(model));
        assertEquals(
                expected.transform(rows)
                        .sort("id")
                        .select("probability", "prediction")
                        .collectAsList(),
                model.transform(dotted)
                        .sort("`a.id.b`")
                        .select("`my.probability`", "`my.prediction`")
                        .collectAsList());
        assertEquals(expected.evaluate(rows).accuracy(), model.evaluate(dotted).accuracy());
        assertEquals(expected.summary().weightedRecall(), model.summary().weightedRecall());
        PerceptronCrossValidatorModel chosen = new PerceptronCrossValidator()
                .setEstimator(other.copy(ParamMap.empty()).setValidationIndicatorCol(""))
                .setNumFolds(2)
                .fit(dotted);
        assertEquals(60, chosen.transform(dotted).count());
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {other});
        assertEquals(60, pipeline.fit(dotted).transform(dotted).count());
    }

    @Test
    void evaluatesAsSparkDoes() {
        Dataset<Row> rows = rows(500, 6).cache();
        PerceptronClassificationModel model = new PerceptronClassifier()
                .setMaxIter(20)
                .setOrderCol("id")
                .setValidationIndicatorCol("marked")
                .fit(rows);
        ClassificationSummary summary = model.evaluate(rows);
        Dataset<Row> predictions = model.transform(rows);
        for (String metric : List.of("accuracy", "weightedPrecision", "weightedRecall", "weightedFMeasure")) {
            double value = new MulticlassClassificationEvaluator()
                    .setMetricName(metric)
                    .evaluate(predictions);
            double found =
                    switch (metric) {
                        case "accuracy" -> summary.accuracy();
                        case "weightedPrecision" -> summary.weightedPrecision();
                        case "weightedRecall" -> summary.weightedRecall();
                        default -> summary.weightedFMeasure();
                    };
            assertEquals(value, found, 1e-12, metric);
        }
        assertArrayEquals(new double[] {0, 1, 2, 3}, summary.labels());
        assertEquals(CLASSES, summary.precisionByLabel().length);
        assertEquals(CLASSES, summary.recallByLabel().length);
        assertEquals("prediction", summary.predictionCol());
        assertEquals(500, summary.predictions().count());

        HasTrainingSummary<PerceptronTrainingSummary> summarized = model;
        assertTrue(summarized.hasSummary());
        PerceptronTrainingSummary training = summarized.summary();
        TrainingSummary asSpark = training;
        assertEquals(20, asSpark.totalIterations());
        ClassificationSummary classified = training;
        assertEquals(400, classified.predictions().count());
        Row last = training.metrics().sort(functions.desc("epoch")).first();
        assertEquals(1 - last.<Double>getAs("train_error"), training.accuracy(), 1e-12);
        assertEquals(20, training.totalIterations());
        double[] history = training.objectiveHistory();
        assertEquals(21, history.length);
        assertEquals(last.<Double>getAs("train_cost"), history[20]);

        Dataset<Row> weighted = rows.withColumn("weight", functions.expr("if(label = 0, 5, 1)"));
        PerceptronClassificationModel heavy =
                new PerceptronClassifier().setMaxIter(20).setWeightCol("weight").fit(weighted);
        assertEquals(
                new MulticlassClassificationEvaluator()
                        .setMetricName("accuracy")
                        .setWeightCol("weight")
                        .evaluate(heavy.transform(weighted)),
                heavy.evaluate(weighted).accuracy(),
                1e-12);
        assertEquals(
                "Expected a column 'label' in the data frame, found id, features, weight, marked",
                assertThrows(IllegalArgumentException.class, () -> model.evaluate(rows.drop("label")))
                        .getMessage());
        model.setPredictionCol("");
        assertEquals(summary.accuracy(), model.evaluate(rows).accuracy());
        rows.unpersist();
    }

    @Test
    void normalizedProbabilitiesAddUpToOneAndChangeNoPrediction() {
        Dataset<Row> rows = rows(200, 7);
        PerceptronClassifier classifier =
                new PerceptronClassifier().setMaxIter(20).setOrderCol("id");
        PerceptronClassificationModel independent = classifier.fit(rows);
        PerceptronClassificationModel normalized =
                classifier.copy(ParamMap.empty()).setProbabilities("normalized").fit(rows);
        assertEquals(bits(independent), bits(normalized));
        List<Row> one = independent.transform(rows).sort("id").collectAsList();
        List<Row> other = normalized.transform(rows).sort("id").collectAsList();
        for (int i = 0; i < one.size(); i++) {
            assertEquals(one.get(i).<Double>getAs("prediction"), other.get(i).<Double>getAs("prediction"));
            assertEquals(one.get(i).<Vector>getAs("rawPrediction"), other.get(i).<Vector>getAs("rawPrediction"));
            double[] own = one.get(i).<Vector>getAs("probability").toArray();
            double[] shares = other.get(i).<Vector>getAs("probability").toArray();
            double sum = Arrays.stream(own).sum();
            assertEquals(1, Arrays.stream(shares).sum(), 1e-14);
            for (int c = 0; c < CLASSES; c++) {
                assertEquals(own[c] / sum, shares[c], 1e-15);
            }
        }
        // All scores are below the smallest double; their ratios are e and e^2.
        double[] tiny = normalized
                .raw2probability(Vectors.dense(-1000, -1001, -1002, -3000))
                .toArray();
        double all = 1 + Math.exp(-1) + Math.exp(-2);
        assertArrayEquals(new double[] {1 / all, Math.exp(-1) / all, Math.exp(-2) / all, 0}, tiny, 1e-15);
        assertArrayEquals(
                new double[4],
                independent
                        .raw2probability(Vectors.dense(-1000, -1001, -1002, -3000))
                        .toArray());
        assertEquals(
                normalized.transform(rows).sort("id").select("probability").collectAsList(),
                independent
                        .copy(ParamMap.empty())
                        .setProbabilities("Normalized")
                        .transform(rows)
                        .sort("id")
                        .select("probability")
                        .collectAsList());
        assertThrows(IllegalArgumentException.class, () -> classifier.setProbabilities("softmax"));
        assertEquals(
                1,
                GridFit.groups(List.of(
                                classifier, classifier.copy(ParamMap.empty()).setProbabilities("normalized")))
                        .size());
    }

    @Test
    void modelsAndStagesOfPipelinesAreExported() throws Exception {
        Dataset<Row> rows = rows(60, 8);
        PerceptronClassifier classifier = new PerceptronClassifier().setMaxIter(2);
        PerceptronClassificationModel model = classifier.fit(rows);
        model.save(folder.resolve("model").toString());
        PipelineStage scaler = new StandardScaler().setInputCol("features").setOutputCol("scaled");
        new Pipeline()
                .setStages(new PipelineStage[] {scaler, classifier})
                .fit(rows)
                .save(folder.resolve("pipeline").toString());
        PerceptronCrossValidator validator =
                new PerceptronCrossValidator().setEstimator(classifier).setNumFolds(2);
        validator.fit(rows).save(folder.resolve("chosen").toString());
        new Pipeline()
                .setStages(new PipelineStage[] {scaler, validator})
                .fit(rows)
                .save(folder.resolve("nested").toString());
        for (String saved : List.of("model", "pipeline", "chosen", "nested")) {
            assertEquals("", export(saved));
        }
        assertEquals(-1, Files.mismatch(folder.resolve("model.onnx"), folder.resolve("pipeline.onnx")));
        new Pipeline()
                .setStages(new PipelineStage[] {
                    classifier,
                    classifier
                            .copy(ParamMap.empty())
                            .setPredictionCol("b")
                            .setProbabilityCol("c")
                            .setRawPredictionCol("d")
                })
                .fit(rows)
                .save(folder.resolve("two").toString());
        String errors = export("two");
        assertTrue(
                errors.startsWith("error: Expected one model in ") && errors.contains("; name one with --model file:/"),
                errors);
        classifier.save(folder.resolve("estimator").toString());
        assertTrue(export("estimator").startsWith("error: No file "), export("estimator"));
    }

    private String export(String saved) {
        StringWriter errors = new StringWriter();
        Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(errors, true),
                "export",
                "--model",
                folder.resolve(saved).toString(),
                "--to",
                folder.resolve(saved + ".onnx").toString());
        return errors.toString();
    }
}
