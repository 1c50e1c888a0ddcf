package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StandardScalerModel;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The features that PerceptronCrossValidator shares with Spark's CrossValidator, and its own. */
class CrossValidatorTest extends MlTest {

    private static final int FOLDS = 3;
    private static final double ROUNDING = 1e-9;

    @TempDir
    Path folder;

    private final Dataset<Row> rows = rows(90, 31)
            .withColumn("fold", functions.col("id").mod(FOLDS).cast("int"))
            .coalesce(1)
            .sortWithinPartitions("id")
            .cache();
    private final PerceptronClassifier classifier =
            new PerceptronClassifier().setMaxIter(4).setOrderCol("id");
    private final ParamMap[] steps = new ParamGridBuilder()
            .addGrid(classifier.stepSize(), new double[] {1e-3, 2, 0.5})
            .build();
    private final StandardScaler scaler =
            new StandardScaler().setInputCol("features").setOutputCol("scaled");
    private final Evaluator accuracy = new MulticlassClassificationEvaluator().setMetricName("accuracy");
    private final Evaluator loss = new MulticlassClassificationEvaluator().setMetricName("logLoss");

    private PerceptronCrossValidator validator(Estimator<?> estimator, ParamMap... maps) {
        return new PerceptronCrossValidator()
                .setEstimator(estimator)
                .setEstimatorParamMaps(maps)
                .setNumFolds(FOLDS);
    }

    private static Pipeline pipeline(PipelineStage... stages) {
        return new Pipeline().setStages(stages);
    }

    private PerceptronClassifier on(String features) {
        return classifier.copy(ParamMap.empty()).setFeaturesCol(features);
    }

    private static PerceptronClassificationModel perceptrons(Model<?> model) {
        return model instanceof PipelineModel pipeline
                ? (PerceptronClassificationModel) Arrays.stream(pipeline.stages())
                        .filter(PerceptronClassificationModel.class::isInstance)
                        .findFirst()
                        .orElseThrow()
                : (PerceptronClassificationModel) model;
    }

    private List<Row> predictions(Model<?> model) {
        return model.transform(rows)
                .sort("id")
                .select("rawPrediction", "prediction")
                .collectAsList();
    }

    /** The averages and the best setting are equal. The bits are equal except for the folds. */
    private void requireSparks(Estimator<?> estimator, Evaluator evaluator, Dataset<Row> data, ParamMap... maps) {
        CrossValidatorModel spark = new CrossValidator()
                .setEstimator(estimator)
                .setEstimatorParamMaps(maps)
                .setEvaluator(evaluator)
                .setNumFolds(FOLDS)
                .setFoldCol("fold")
                .fit(data);
        PerceptronCrossValidatorModel ours = validator(estimator, maps)
                .setEvaluator(evaluator)
                .setFoldCol("fold")
                .fit(data);
        assertArrayEquals(spark.avgMetrics(), ours.avgMetrics(), ROUNDING);
        assertEquals(bits(perceptrons(spark.bestModel())), bits(perceptrons(ours.bestModel())));
        assertTrue(Arrays.stream(ours.avgMetrics()).distinct().count() > 1, Arrays.toString(ours.avgMetrics()));
        assertTrue(assertThrows(UserException.class, ours::curves).getMessage().contains("see avgMetrics"));
    }

    @Test
    void anEvaluatorSaysTheSameAsInSparksCrossValidator() {
        ParamMap none = new ParamMap().put(classifier.maxIter(), (Object) 0);
        requireSparks(classifier, accuracy, rows, none, steps[2]);
        requireSparks(normalized(), loss, rows, steps[0], steps[2]);
    }

    @Test
    @Tag("thorough")
    void anEvaluatorJudgesMapsOfEarlierStages() {
        PCA pca = new PCA().setInputCol("scaled").setOutputCol("few").setK(2);
        ParamMap[] grid =
                new ParamGridBuilder().addGrid(pca.k(), new int[] {1, 4}).build();
        requireSparks(pipeline(scaler, pca, on("few")), accuracy, rows, grid);
    }

    private PerceptronClassifier normalized() {
        return classifier.copy(ParamMap.empty()).setProbabilities("normalized");
    }

    /** Params with which rows held out would affect the training if all folds shared a pass. */
    @Test
    @Tag("thorough")
    void anEvaluatorSaysTheSameWhereFoldsCannotShareAPass() {
        assertFalse(loss.isLargerBetter());
        requireSparks(normalized().setScaling("standard"), loss, rows, steps);
        requireSparks(normalized().setClassWeight("balanced"), loss, rows, steps);
        PerceptronClassifier waiting =
                normalized().setMaxIter(9).setValidationIndicatorCol("marked").setPatience(2);
        requireSparks(waiting, loss, rows, steps);
        requireSparks(waiting.setPatience(0).setWeightCol("weight"), loss, rows, steps);
        VectorAssembler assembler = new VectorAssembler()
                .setInputCols(new String[] {"features", "weight"})
                .setOutputCol("all");
        requireSparks(pipeline(assembler, on("all")), accuracy, rows, steps);
        // A stage after the perceptrons that learns from their predictions.
        StringIndexer after = new StringIndexer()
                .setInputCol("prediction")
                .setOutputCol("seen")
                .setHandleInvalid("keep");
        Evaluator seen =
                new MulticlassClassificationEvaluator().setMetricName("f1").setPredictionCol("seen");
        requireSparks(pipeline(classifier, after), seen, rows, steps);
    }

    @Test
    void drawnFoldsDependOnlyOnTheOrderOfRows() {
        PerceptronCrossValidatorModel plain =
                validator(classifier, steps).setSeed(5).fit(rows);
        VectorAssembler assembler =
                new VectorAssembler().setInputCols(new String[] {"features"}).setOutputCol("same");
        PerceptronCrossValidatorModel assembled =
                validator(pipeline(assembler, on("same")), steps).setSeed(5).fit(rows);
        assertArrayEquals(plain.avgMetrics(), assembled.avgMetrics());
        assertEquals(bits(perceptrons(plain.bestModel())), bits(perceptrons(assembled.bestModel())));
        assertEquals(
                plain.metrics().drop("seconds").collectAsList(),
                assembled.metrics().drop("seconds").collectAsList());
        assertEquals(plain.choices().collectAsList(), assembled.choices().collectAsList());
        // An indexer learns, so it is fitted for each fold. Here all folds give the same indexer.
        Dataset<Row> named =
                rows.withColumn("name", functions.col("label").cast("string")).drop("label");
        StringIndexer indexer =
                new StringIndexer().setInputCol("name").setOutputCol("label").setStringOrderType("alphabetAsc");
        PerceptronCrossValidatorModel indexed =
                validator(pipeline(indexer, classifier), steps).setSeed(5).fit(named.repartition(2));
        assertArrayEquals(plain.avgMetrics(), indexed.avgMetrics());
        assertEquals(bits(perceptrons(plain.bestModel())), bits(perceptrons(indexed.bestModel())));
        assertEquals(plain.curves().collectAsList(), indexed.curves().collectAsList());
        assertEquals(plain.choices().collectAsList(), indexed.choices().collectAsList());
    }

    @Test
    void foldsOfAColumnChooseBySmallestMeanErrorToo() {
        PerceptronClassifier scaled = on("scaled").setValidationIndicatorCol("out");
        for (boolean learns : new boolean[] {false, true}) {
            double[][] errors = new double[steps.length][classifier.getMaxIter() + 1];
            for (int fold = 0; fold < FOLDS; fold++) {
                Column out = functions.col("fold").equalTo(fold);
                Dataset<Row> learnt = learns ? rows.filter(functions.not(out)) : rows;
                Dataset<Row> prepared = scaler.fit(learnt).transform(rows).withColumn("out", out);
                List<PerceptronClassificationModel> models = scaled.fit(prepared, steps);
                for (int i = 0; i < steps.length; i++) {
                    for (Row row : models.get(i).summary().metrics().collectAsList()) {
                        errors[i][row.<Integer>getAs("epoch")] += row.<Double>getAs("validation_error") / FOLDS;
                    }
                }
            }
            double[] least = Arrays.stream(errors)
                    .mapToDouble(mean -> Arrays.stream(mean).min().orElseThrow())
                    .toArray();
            PerceptronCrossValidatorModel model = (learns
                            ? validator(pipeline(scaler, on("scaled")), steps)
                            : validator(pipeline(scaler.fit(rows), on("scaled")), steps))
                    .setFoldCol("fold")
                    .fit(rows);
            assertArrayEquals(least, model.avgMetrics(), 1e-12);
            assertEquals(
                    (classifier.getMaxIter() + 1L) * steps.length,
                    model.curves().count());
            assertEquals(FOLDS + 1, model.metrics().select("fold").distinct().count());
        }
    }

    @Test
    @Tag("thorough")
    void subModelsAreThoseWithoutEachFold() throws IOException {
        for (boolean judged : new boolean[] {false, true}) {
            PerceptronCrossValidator validator = validator(pipeline(scaler, on("scaled")), steps[1], steps[2])
                    .setFoldCol("fold")
                    .setCollectSubModels(true);
            if (judged) {
                validator.setEvaluator(accuracy);
            }
            PerceptronCrossValidatorModel model = validator.fit(rows);
            assertEquals(FOLDS, model.subModels().length);
            for (int fold = 0; fold < FOLDS; fold++) {
                Dataset<Row> others = rows.filter(functions.col("fold").notEqual(fold));
                for (int i = 0; i < 2; i++) {
                    PipelineModel sub = (PipelineModel) model.subModels()[fold][i];
                    assertArrayEquals(
                            scaler.fit(others).std().toArray(),
                            ((StandardScalerModel) sub.stages()[0]).std().toArray(),
                            ROUNDING);
                    PipelineModel alone = ((Pipeline) validator.getEstimator())
                            .copy(steps[i + 1])
                            .fit(others);
                    assertClose(perceptrons(alone), perceptrons(sub));
                    assertFalse(perceptrons(sub).hasSummary());
                }
            }
            for (Model<?>[] fold : model.copy(ParamMap.empty()).subModels()) {
                assertEquals(2, fold.length);
            }
            String place = folder.resolve("model" + judged).toString();
            model.save(place);
            PerceptronCrossValidatorModel loaded = PerceptronCrossValidatorModel.load(place);
            assertEquals(predictions(model), predictions(loaded));
            for (int fold = 0; fold < FOLDS; fold++) {
                for (int i = 0; i < 2; i++) {
                    assertEquals(predictions(model.subModels()[fold][i]), predictions(loaded.subModels()[fold][i]));
                }
            }
            model.write().overwrite().option("persistSubModels", "false").save(place);
            assertFalse(PerceptronCrossValidatorModel.load(place).hasSubModels());
        }
        PerceptronCrossValidatorModel plain =
                validator(classifier, steps).setCollectSubModels(true).fit(rows);
        assertEquals(3, plain.subModels()[2].length);
        PerceptronCrossValidatorModel without =
                validator(classifier).setEstimatorParamMaps(steps).fit(rows);
        assertTrue(assertThrows(UserException.class, without::subModels)
                .getMessage()
                .endsWith("call setCollectSubModels(true) before fit"));
        for (String value : List.of("true", "yes")) {
            String place = folder.resolve(value).toString();
            assertThrows(
                    UserException.class,
                    () -> without.write().option("persistSubModels", value).save(place));
        }
    }

    private static void assertClose(PerceptronClassificationModel one, PerceptronClassificationModel other) {
        assertArrayEquals(
                one.coefficientMatrix().toArray(), other.coefficientMatrix().toArray(), ROUNDING);
    }

    @Test
    @Tag("thorough")
    void estimatorMapsAndEvaluatorAreParamsThatAreSavedAndCopied() throws Exception {
        Pipeline estimator = pipeline(scaler, on("scaled"));
        ParamMap[] grid = {
            new ParamMap().put(classifier.stepSize(), (Object) 0.25).put(scaler.withMean(), (Object) true),
            ParamMap.empty()
        };
        PerceptronCrossValidator validator = validator(estimator, grid)
                .setEvaluator(accuracy)
                .setFoldCol("fold")
                .setCollectSubModels(true)
                .setSeed(9);
        PerceptronCrossValidatorModel model = validator.fit(rows);
        String place = folder.resolve("validator").toString();
        validator.save(place);
        PerceptronCrossValidator loaded = PerceptronCrossValidator.load(place);
        String modelPlace = folder.resolve("model").toString();
        model.write().option("persistSubModels", "false").save(modelPlace);
        for (PerceptronCrossValidatorParams owner : List.of(
                validator,
                loaded,
                validator.copy(ParamMap.empty()),
                model,
                PerceptronCrossValidatorModel.load(modelPlace))) {
            assertEquals(estimator.uid(), owner.getEstimator().uid());
            assertEquals(accuracy.uid(), owner.getEvaluator().uid());
            assertEquals("fold", owner.getFoldCol());
            assertEquals(9, owner.getSeed());
            assertTrue(owner.getCollectSubModels());
            assertEquals(Arrays.toString(grid), Arrays.toString(owner.getEstimatorParamMaps()));
            assertTrue(owner.explainParams().contains("estimator: "));
        }
        assertEquals(predictions(model), predictions(loaded.fit(rows)));
        PerceptronCrossValidator copy = validator.copy(new ParamMap().put(classifier.maxIter(), (Object) 2));
        assertEquals(2, ((PerceptronClassifier) ((Pipeline) copy.getEstimator()).getStages()[1]).getMaxIter());

        Path model1 = folder.resolve("model");
        requireLoadsWithoutNewParams(folder.resolve("validator"), PerceptronCrossValidator::load);
        for (String added : List.of("estimator", "evaluator")) {
            delete(model1.resolve(added));
        }
        Files.delete(model1.resolve("estimator-param-maps.json"));
        requireLoadsWithoutNewParams(model1, PerceptronCrossValidatorModel::load);
    }

    /** In the format of earlier versions. */
    private static void requireLoadsWithoutNewParams(
            Path saved, java.util.function.Function<String, PerceptronCrossValidatorParams> loader) throws IOException {
        Path metadata;
        try (Stream<Path> files = Files.list(saved.resolve("metadata"))) {
            metadata = files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
        }
        String text = Files.readString(metadata);
        Files.deleteIfExists(metadata.resolveSibling("." + metadata.getFileName() + ".crc"));
        Files.writeString(
                metadata,
                text.replaceAll("\"(foldCol|collectSubModels)\":[^,}]*,?", "").replace(",}", "}"));
        PerceptronCrossValidatorParams loaded = loader.apply(saved.toString());
        assertEquals("", loaded.getFoldCol());
        assertFalse(loaded.getCollectSubModels());
        assertEquals(FOLDS, loaded.getNumFolds());
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aModelOfAnInitialModelIsSavedWithoutIt() throws IOException {
        PerceptronClassificationModel start = classifier.fit(rows);
        PerceptronClassifier warm = classifier.copy(ParamMap.empty()).setInitialModel(start);
        ParamMap[] starts = {new ParamMap().put(warm.initialModel(), start), ParamMap.empty()};
        PerceptronCrossValidator validator = validator(warm, starts);
        assertThrows(UserException.class, validator::write);
        PerceptronCrossValidatorModel model = validator.fit(rows);
        String place = folder.resolve("warm").toString();
        model.save(place);
        PerceptronCrossValidatorModel loaded = PerceptronCrossValidatorModel.load(place);
        assertEquals(predictions(model), predictions(loaded));
        assertEquals(2, loaded.getEstimatorParamMaps().length);
        assertTrue(assertThrows(UserException.class, validator(classifier, starts)::write)
                .getMessage()
                .startsWith("Expected values of "));
    }

    /** The sentence of fit, and of transformSchema if the schema is enough. */
    private String failure(PerceptronCrossValidator validator, Dataset<Row> data) {
        return assertThrows(UserException.class, () -> validator.fit(data)).getMessage();
    }

    @Test
    void whatCannotBeCrossValidatedIsToldInASentence() {
        PerceptronCrossValidator plain = validator(classifier, steps);
        assertEquals(
                "Expected a value of a param, found null; clear(param) unsets it",
                assertThrows(UserException.class, () -> plain.setEvaluator(null))
                        .getMessage());
        assertThrows(UserException.class, () -> plain.setEstimator(null));
        assertThrows(UserException.class, () -> plain.setEstimatorParamMaps(null));
        Evaluator elsewhere = new MulticlassClassificationEvaluator("judge").setLabelCol("truth");
        assertEquals(
                "Expected a column 'truth' in the rows that judge judges, by its labelCol, found id, label, features,"
                        + " weight, marked, fold, prediction, rawPrediction, probability",
                failure(validator(classifier, steps).setEvaluator(elsewhere), rows));
        assertEquals(
                "Expected maps in estimatorParamMaps, found null",
                failure(validator(classifier, (ParamMap) null), rows));
        PerceptronClassifier other = new PerceptronClassifier("other");
        assertEquals(
                "Expected params of " + classifier.uid()
                        + " or its stages in estimatorParamMaps, found other__stepSize;"
                        + " make the maps with the params of this estimator",
                failure(validator(classifier, new ParamMap().put(other.stepSize(), (Object) 0.1)), rows));
        Pipeline pipeline = new Pipeline("line");
        String none = "Expected one PerceptronClassifier among the stages of line, found none among none";
        assertEquals(none, failure(validator(pipeline, ParamMap.empty()), rows));
        pipeline.setStages(new PipelineStage[0]);
        assertEquals(none, failure(validator(pipeline, ParamMap.empty()), rows));
        pipeline.setStages(new PipelineStage[] {classifier, other});
        assertEquals(
                "Expected one PerceptronClassifier among the stages of line, found " + classifier.uid()
                        + ", other among " + classifier.uid() + ", other",
                failure(validator(pipeline, ParamMap.empty()), rows));
        LogisticRegression regression = new LogisticRegression("reg");
        assertEquals(
                "Expected a PerceptronClassifier or a Pipeline with one as the estimator, found reg, a"
                        + " LogisticRegression; Spark's CrossValidator takes others",
                failure(validator(regression, ParamMap.empty()), rows));
        assertThrows(UserException.class, () -> validator(
                        classifier, ParamMap.empty(), new ParamMap().put(classifier.featuresCol(), "colour"))
                .transformSchema(rows.schema()));
    }

    @Test
    void foldsThatCannotBeUsedAreToldInASentence() {
        SQLTransformer chooses = new SQLTransformer().setStatement("SELECT id, label, features FROM __THIS__");
        for (PerceptronCrossValidator validator : List.of(
                validator(classifier, steps[2]),
                validator(pipeline(scaler, on("scaled")), steps[2]),
                validator(classifier, steps[2]).setEvaluator(accuracy))) {
            validator.setFoldCol("fold");
            UnaryOperator<String> told = fold -> failure(validator, rows.withColumn("fold", functions.expr(fold)));
            String where = " from 0 to 2 in the column 'fold' of the data frame";
            String found = "Expected a fold" + where + " for every row, found ";
            String numFolds = "; setNumFolds sets the number of folds";
            assertEquals(found + "3" + numFolds, told.apply("int(id % 4)"));
            assertEquals(found + "-1" + numFolds, told.apply("int(id % 3) - 1"));
            assertEquals(found + "null" + numFolds, told.apply("if(id = 7, null, int(id % 3))"));
            assertEquals(
                    "Expected rows in every fold" + where + ", found none in fold 1", told.apply("int(id % 2) * 2"));
            assertEquals(
                    "Expected integers in the column 'fold' of the data frame, found bigint; cast it to int",
                    told.apply("id % 3"));
            assertTrue(failure(validator, rows.drop("fold")).startsWith("Expected a column 'fold' in "));
            validator.setFoldCol("").setNumFolds(50);
            assertEquals(
                    "Expected at most as many folds as training rows, 40, got 50; choose another number with"
                            + " setNumFolds",
                    failure(validator, rows.limit(40)));
        }
        assertTrue(failure(
                        validator(pipeline(chooses, scaler, on("scaled")), steps[2])
                                .setFoldCol("fold"),
                        rows)
                .startsWith("Expected stages before the perceptrons that keep the column 'fold', which has"));
        // An evaluator needs the column only to share passes.
        PerceptronCrossValidatorModel kept = validator(pipeline(chooses, classifier), steps)
                .setEvaluator(accuracy)
                .fit(rows);
        assertArrayEquals(
                validator(classifier, steps).setEvaluator(accuracy).fit(rows).avgMetrics(),
                kept.avgMetrics(),
                ROUNDING);
    }

    @Test
    void anEvaluatorThatFailsOrHasNoNumberIsNamed() {
        Evaluator broken = new Constant(Double.POSITIVE_INFINITY);
        assertTrue(failure(validator(classifier, steps).setEvaluator(broken), rows)
                .startsWith("Cannot judge fold 0 by " + broken.uid() + ": "));
        Evaluator silent = new Constant(Double.NaN);
        assertEquals(
                "Expected a number from " + silent.uid() + " for some setting, found only NaN",
                failure(validator(classifier, steps).setEvaluator(silent), rows));
        assertTrue(
                assertThrows(UserException.class, validator(classifier, steps).setEvaluator(silent)::write)
                        .getMessage()
                        .startsWith("Expected an evaluator that can be saved, an MLWritable, found "));
    }

    /** An evaluator with the same metric for all rows. It fails if the metric is infinite. */
    private static final class Constant extends Evaluator {

        private final double value;
        private final String uid = Identifiable$.MODULE$.randomUID("constant");

        Constant(double value) {
            this.value = value;
        }

        @Override
        public double evaluate(Dataset<?> dataset) {
            if (Double.isInfinite(value)) {
                throw new IllegalStateException("out of order");
            }
            return value;
        }

        @Override
        public Evaluator copy(ParamMap extra) {
            return this;
        }

        @Override
        public String uid() {
            return uid;
        }
    }

    @Test
    void schemasAreThoseOfTheFirstMap() {
        ParamMap renamed = new ParamMap().put(classifier.predictionCol(), "guess");
        StructType schema = validator(classifier, renamed, ParamMap.empty()).transformSchema(rows.schema());
        assertTrue(Arrays.asList(schema.fieldNames()).contains("guess"));
        assertTrue(IntStream.range(0, rows.columns().length)
                .allMatch(i -> schema.fields()[i].equals(rows.schema().fields()[i])));
    }

    @Test
    @Tag("thorough")
    void sparksTunersTakeItInAPipeline() {
        IndexToString names = new IndexToString()
                .setInputCol("prediction")
                .setOutputCol("name")
                .setLabels(new String[] {"a", "b", "c", "d"});
        Pipeline estimator = pipeline(scaler, on("scaled"), names);
        CrossValidatorModel crossed = new CrossValidator()
                .setEstimator(estimator)
                .setEstimatorParamMaps(steps)
                .setEvaluator(accuracy)
                .setNumFolds(2)
                .fit(rows);
        assertEquals(90, crossed.transform(rows).filter("name is not null").count());
        assertEquals(
                3,
                new TrainValidationSplit()
                        .setEstimator(estimator)
                        .setEstimatorParamMaps(steps)
                        .setEvaluator(accuracy)
                        .fit(rows)
                        .validationMetrics()
                        .length);
        PipelineModel outer = pipeline(scaler, validator(pipeline(on("scaled"), names), steps))
                .fit(rows);
        assertEquals(90, outer.transform(rows).filter("name is not null").count());
    }
}
