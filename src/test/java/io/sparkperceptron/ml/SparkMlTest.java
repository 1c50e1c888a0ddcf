package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests of Spark's own classifiers: see Spark's MLTest, DefaultReadWriteTest and ParamsSuite. */
class SparkMlTest extends MlTest {

    @TempDir
    Path folder;

    @Test
    void paramsHaveTheirOwnersUidsAlsoInCopies() {
        PerceptronClassifier classifier = new PerceptronClassifier("mine");
        PerceptronClassificationModel model = classifier.setMaxIter(2).fit(rows(50, 1));
        for (Params owner : List.of(
                classifier,
                classifier.copy(ParamMap.empty()),
                new PerceptronClassifier(),
                model,
                model.copy(ParamMap.empty()),
                new PerceptronCrossValidator(),
                new PerceptronCrossValidator("cv").copy(ParamMap.empty()))) {
            assertNotNull(owner.uid());
            for (Param<?> param : owner.params()) {
                assertEquals(owner.uid(), param.parent(), param.name());
            }
            assertFalse(owner.explainParams().isEmpty());
        }
        assertEquals("mine", model.uid());
        assertEquals(classifier, model.parent());
        PerceptronClassifier copy = classifier.copy(new ParamMap().put(classifier.stepSize(), 3.0));
        assertEquals(3.0, copy.getStepSize());
        assertEquals(2, copy.getMaxIter());
        assertEquals(0.5, classifier.getStepSize());
        assertTrue(model.copy(ParamMap.empty()).hasSummary());
    }

    @Test
    void aPipelineFromTextsToTextsIsSavedAndLoaded() throws IOException {
        Dataset<Row> rows = rows(600, 2)
                .withColumn("name", functions.concat(functions.lit("class "), functions.col("label")))
                .drop("label");
        StringIndexer indexer = new StringIndexer().setInputCol("name").setOutputCol("label");
        PerceptronClassifier classifier =
                new PerceptronClassifier().setMaxIter(10).setFeaturesCol("scaled");
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            indexer,
            new StandardScaler().setInputCol("features").setOutputCol("scaled"),
            classifier,
            new IndexToString()
                    .setInputCol("prediction")
                    .setOutputCol("guess")
                    .setLabels(indexer.fit(rows).labelsArray()[0])
        });
        PipelineModel model = pipeline.fit(rows);
        assertTrue(model.transform(rows).filter("guess = name").count() > 300);
        String place = folder.resolve("pipeline").toString();
        model.write().save(place);
        PipelineModel loaded = PipelineModel.load(place);
        assertEquals(
                model.transform(rows).select("rawPrediction", "prediction").collectAsList(),
                loaded.transform(rows).select("rawPrediction", "prediction").collectAsList());

        pipeline.write().overwrite().save(place);
        Pipeline again = Pipeline.load(place);
        assertEquals(bits((PerceptronClassificationModel) model.stages()[2]), bits((PerceptronClassificationModel)
                again.fit(rows).stages()[2]));
    }

    /** Spark 3.5 and 4 have fitted and saved it. This Spark gives the same bits. */
    @Test
    void aPipelineSavedByEitherLineOfSparkSaysTheSame() {
        Dataset<Row> rows = rows(60, 11);
        PipelineModel fitted = new Pipeline()
                .setStages(new PipelineStage[] {
                    new VectorAssembler()
                            .setInputCols(new String[] {"features", "weight"})
                            .setOutputCol("all"),
                    (PipelineStage) new PerceptronClassifier()
                            .setMaxIter(20)
                            .setScaling("standard")
                            .setOrderCol("id")
                            .setFeaturesCol("all")
                })
                .fit(rows);
        // Spark looks for the stages' folders by numbers in the digits of the locale.
        Locale locale = Locale.getDefault();
        Locale.setDefault(Locale.ROOT);
        try {
            for (String line : List.of("spark-3.5", "spark-4.1")) {
                PipelineModel saved = PipelineModel.load("src/test/resources/saved-pipelines/" + line);
                assertEquals(
                        bits((PerceptronClassificationModel) fitted.stages()[1]),
                        bits((PerceptronClassificationModel) saved.stages()[1]));
                assertEquals(
                        fitted.transform(rows)
                                .select("rawPrediction", "prediction")
                                .collectAsList(),
                        saved.transform(rows)
                                .select("rawPrediction", "prediction")
                                .collectAsList());
            }
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void estimatorAndModelSurviveSaving() throws IOException {
        PerceptronClassifier classifier = new PerceptronClassifier()
                .setLoss("mse")
                .setStepSize(0.25)
                .setRegParam(0.01)
                .setMomentum(0.5)
                .setMaxIter(4)
                .setTol(1e-9)
                .setPatience(2)
                .setInitSigma(0.1)
                .setSeed(7)
                .setScaling("standard")
                .setClassWeight("0:2.0")
                .setWeightCol("weight")
                .setOrderCol("id")
                .setValidationIndicatorCol("marked")
                .setPredictionCol("class");
        String place = folder.resolve("estimator").toString();
        classifier.save(place);
        assertEquals(values(classifier), values(PerceptronClassifier.load(place)));

        Dataset<Row> rows = rows(100, 3);
        PerceptronClassificationModel model = classifier.fit(rows);
        String modelPlace = folder.resolve("model").toString();
        model.save(modelPlace);
        assertThrows(Exception.class, () -> model.save(modelPlace), "there already");
        PerceptronClassificationModel loaded = PerceptronClassificationModel.load(modelPlace);
        assertEquals(values(model), values(loaded));
        assertEquals(bits(model), bits(loaded));
        assertEquals(
                model.transform(rows).select("class", "probability").collectAsList(),
                loaded.transform(rows).select("class", "probability").collectAsList());
        assertFalse(loaded.hasSummary());
        assertThrows(UserException.class, loaded::summary);

        PerceptronClassifier warm = classifier.copy(ParamMap.empty()).setInitialModel(loaded);
        assertTrue(assertThrows(UserException.class, warm::write).getMessage().contains("save the model itself"));
    }

    @Test
    void featuresMayBeInArraysNamesMayHaveDotsAndLabelsMayBeTrueAndFalse() {
        Dataset<Row> rows = rows(60, 12).withColumn("label", functions.expr("label % 2"));
        PerceptronClassifier classifier =
                new PerceptronClassifier("a.uid").setMaxIter(3).setOrderCol("id");
        PerceptronClassificationModel model = classifier.fit(rows);
        List<Row> expected = model.transform(rows.sort("id"))
                .select("rawPrediction", "probability", "prediction")
                .collectAsList();
        Column array = org.apache.spark.ml.functions.vector_to_array(functions.col("features"), "float64");
        for (Column features : List.of(functions.col("features"), array)) {
            for (String label : List.of("label", "label = 1")) {
                Dataset<Row> dotted = rows.withColumn("sensor.features", features)
                        .drop("features")
                        .withColumn("label", functions.expr(label))
                        .withColumn("row.weight", functions.lit(1.0))
                        .sort("id");
                PerceptronClassificationModel other = classifier
                        .copy(ParamMap.empty())
                        .setFeaturesCol("sensor.features")
                        .setPredictionCol("a.prediction")
                        .setProbabilityCol("its `own`")
                        .setRawPredictionCol("a.raw")
                        .setWeightCol("row.weight")
                        .fit(dotted);
                assertEquals(bits(model), bits(other));
                Dataset<Row> transformed = other.transform(dotted);
                assertEquals(
                        expected,
                        transformed
                                .select("`a.raw`", "`its ``own```", "`a.prediction`")
                                .collectAsList());
                assertEquals(other.transformSchema(dotted.schema()).size(), transformed.columns().length);
                assertEquals(
                        dotted.schema(),
                        new StructType(Arrays.copyOf(transformed.schema().fields(), dotted.columns().length)));
            }
        }
    }

    @Test
    void floatsAndDecimalsInArraysAreFeatures() {
        Dataset<Row> rows = rows(60, 12);
        Dataset<Row> floats = rows.withColumn(
                "features", org.apache.spark.ml.functions.vector_to_array(functions.col("features"), "float32"));
        Dataset<Row> decimals = rows.withColumn("features", functions.expr("array(1.0, 2.5, id)"));
        for (Dataset<Row> table : List.of(floats, decimals)) {
            PerceptronClassificationModel model =
                    new PerceptronClassifier().setMaxIter(2).fit(table);
            assertEquals(60, model.transform(table).filter("prediction >= 0").count());
        }
    }

    @Test
    @Tag("thorough")
    void sparksTunersEvaluatorsAndOneVsRestTakeIt() {
        Dataset<Row> rows = rows(600, 4).cache();
        PerceptronClassifier classifier = new PerceptronClassifier().setMaxIter(8);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.stepSize(), new double[] {1e-6, 0.5})
                .build();
        MulticlassClassificationEvaluator evaluator = new MulticlassClassificationEvaluator().setMetricName("accuracy");
        CrossValidatorModel chosen = new CrossValidator()
                .setEstimator(classifier)
                .setEstimatorParamMaps(grid)
                .setEvaluator(evaluator)
                .setNumFolds(2)
                .fit(rows);
        assertEquals(2, chosen.avgMetrics().length);
        assertTrue(evaluator.evaluate(chosen.transform(rows)) > 0.5);
        new TrainValidationSplit()
                .setEstimator(classifier)
                .setEstimatorParamMaps(grid)
                .setEvaluator(evaluator)
                .fit(rows)
                .transform(rows)
                .count();
        Dataset<Row> oneVsRest = new OneVsRest()
                .setClassifier(new PerceptronClassifier().setMaxIter(20).setWeightCol("weight"))
                .setWeightCol("weight")
                .fit(rows)
                .transform(rows);
        assertTrue(evaluator.evaluate(oneVsRest) > 0.5);
        rows.unpersist();
    }

    @Test
    void streamsAndParquetAreTransformed() throws Exception {
        Dataset<Row> rows = rows(200, 5);
        PerceptronClassificationModel model =
                new PerceptronClassifier().setMaxIter(3).fit(rows);
        String parquet = folder.resolve("rows").toString();
        rows.write().parquet(parquet);
        Dataset<Row> stream =
                model.transform(session().readStream().schema(schema()).parquet(parquet));
        assertTrue(stream.isStreaming());
        StreamingQuery query = stream.select("id", "prediction")
                .writeStream()
                .format("memory")
                .queryName("guesses")
                .start();
        query.processAllAvailable();
        query.stop();
        assertEquals(
                Set.copyOf(model.transform(session().read().parquet(parquet))
                        .select("id", "prediction")
                        .collectAsList()),
                Set.copyOf(session().table("guesses").collectAsList()));
    }

    /**
     * Perceptron 1 of two classes minimizes the same cost as Spark's binomial regression, perceptron 0 the mirror
     * image.
     */
    @ParameterizedTest
    @CsvSource({"1e-4, false", "1e-2, false", "1e-4, true"})
    void searchesForTheMinimumOfSparksLogisticRegression(double regParam, boolean weighted) {
        // Spark divides by the sum of weights, this by the number of rows: both are equal if the mean weight is 1.
        Dataset<Row> rows = rows(500, 4)
                .withColumn("label", functions.col("label").gt(1).cast("double"))
                .withColumn(
                        "weight",
                        functions
                                .when(functions.col("id").mod(2).equalTo(0), 0.1)
                                .otherwise(1.9))
                .cache();
        LogisticRegressionModel other = new LogisticRegression()
                .setRegParam(regParam)
                .setElasticNetParam(0)
                .setStandardization(false)
                .setTol(0)
                .setMaxIter(300)
                .setWeightCol(weighted ? "weight" : "")
                .fit(rows);
        PerceptronClassifier classifier = new PerceptronClassifier()
                .setSolver("lbfgs")
                .setRegParam(regParam)
                .setWeightCol(weighted ? "weight" : "")
                .setMaxIter(150);
        PerceptronClassificationModel model = classifier.fit(rows);
        // Reported costs count each row the same, so with weights there is nothing to compare.
        if (!weighted) {
            double[] history = other.summary().objectiveHistory();
            double[] objectives = model.summary().objectiveHistory();
            double objective = objectives[objectives.length - 1] / 2;
            assertEquals(history[history.length - 1], objective, 1e-8 * objective);
        }
        for (int j = 0; j < FEATURES; j++) {
            assertEquals(
                    other.coefficients().apply(j), model.coefficientMatrix().apply(1, j), 1e-4);
            assertEquals(
                    -other.coefficients().apply(j), model.coefficientMatrix().apply(0, j), 1e-4);
        }
        assertEquals(other.intercept(), model.interceptVector().apply(1), 1e-4);
    }

    @Test
    void solversAreValuesOfAGrid() throws IOException {
        Dataset<Row> rows = rows(300, 7).cache();
        PerceptronClassifier classifier = new PerceptronClassifier().setMaxIter(5);
        ParamMap[] grid = {
            new ParamMap().put(classifier.solver(), "descent"), new ParamMap().put(classifier.solver(), "lbfgs")
        };
        List<PerceptronClassificationModel> models = classifier.fit(rows, grid);
        for (PerceptronClassificationModel model : models) {
            assertEquals(
                    bits(classifier
                            .copy(ParamMap.empty())
                            .setSolver(model.getSolver())
                            .fit(rows)),
                    bits(model));
        }
        assertFalse(bits(models.get(0)).equals(bits(models.get(1))));
        String place = folder.resolve("lbfgs").toString();
        models.get(1).write().save(place);
        assertEquals("lbfgs", PerceptronClassificationModel.load(place).getSolver());
        assertThrows(IllegalArgumentException.class, () -> classifier.setSolver("adam"));
        PerceptronClassifier far = new PerceptronClassifier().setSolver("lbfgs").setInitSigma(1e307);
        assertEquals(
                "The training diverged at epoch 0 with solver lbfgs; scale the features, or start with smaller weights",
                far.fit(rows).summary().divergence());
    }

    @Test
    void crossValidationIsOnePassForAllAndChoosesBySmallestMeanError() throws IOException {
        Dataset<Row> rows = rows(900, 6);
        PerceptronClassifier classifier =
                new PerceptronClassifier().setMaxIter(12).setOrderCol("id");
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.stepSize(), new double[] {1e-4, 0.5})
                .addGrid(classifier.loss(), scala(List.of("logistic", "mse")))
                .build();
        PerceptronCrossValidatorModel model = new PerceptronCrossValidator()
                .setEstimator(classifier)
                .setEstimatorParamMaps(grid)
                .setNumFolds(3)
                .fit(rows);
        assertEquals(4, model.avgMetrics().length);
        double least = Arrays.stream(model.avgMetrics()).min().orElseThrow();
        Row chosen = model.choices().filter("chosen_epochs is not null").first();
        assertEquals(least, chosen.<Double>getAs("best_error"));
        PerceptronClassificationModel best = (PerceptronClassificationModel) model.bestModel();
        assertEquals(chosen.<Integer>getAs("chosen_epochs"), best.summary().totalIterations());
        assertEquals(
                bits(classifier
                        .copy(best.extractParamMap().filter(best))
                        .setLoss(chosen.getAs("loss"))
                        .setStepSize(chosen.getAs("step_size"))
                        .setMaxIter(chosen.getAs("chosen_epochs"))
                        .fit(rows)),
                bits(best));
        assertEquals(4 * 13, model.curves().count());
        assertEquals(4 * 4 * 13, model.metrics().count());

        String place = folder.resolve("cv").toString();
        model.save(place);
        PerceptronCrossValidatorModel loaded = PerceptronCrossValidatorModel.load(place);
        assertArrayEquals(model.avgMetrics(), loaded.avgMetrics());
        assertEquals(bits(best), bits((PerceptronClassificationModel) loaded.bestModel()));
    }

    private static scala.collection.Iterable<String> scala(List<String> texts) {
        scala.collection.mutable.ListBuffer<String> buffer = new scala.collection.mutable.ListBuffer<>();
        texts.forEach(buffer::$plus$eq);
        return buffer;
    }

    private static String values(Params owner) {
        return owner.uid()
                + Arrays.stream(owner.params())
                        .filter(owner::isDefined)
                        .map(param -> param.name() + "=" + owner.getOrDefault(param))
                        .collect(Collectors.joining(", "));
    }
}
