package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.Folds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scores of the models without each fold. */
class HeldOutModelsTest extends MlTest {

    private static final int FOLDS = 4;

    @TempDir
    Path folder;

    private static PerceptronCrossValidatorModel model(Dataset<Row> rows, PerceptronClassifier classifier) {
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.stepSize(), new double[] {1e-4, 0.5})
                .build();
        return new PerceptronCrossValidator()
                .setEstimator(classifier)
                .setEstimatorParamMaps(grid)
                .setNumFolds(FOLDS)
                .setSeed(3)
                .fit(rows);
    }

    private static PerceptronClassifier classifier() {
        return new PerceptronClassifier().setMaxIter(15).setOrderCol("id");
    }

    @Test
    void everyRowIsScoredByAModelThatIsTrainedWithoutItsFold() {
        Dataset<Row> rows = rows(900, 6);
        PerceptronCrossValidatorModel model = model(rows, classifier());
        Dataset<Row> held = model.outOfFold();
        assertArrayEquals(
                new String[] {
                    "id", "label", "features", "weight", "marked", "fold", "rawPrediction", "probability", "prediction"
                },
                held.columns());
        List<Row> found = held.collectAsList();
        Folds folds = new Folds(FOLDS, 3);
        for (int i = 0; i < found.size(); i++) {
            assertEquals((long) i, found.get(i).<Long>getAs("id"));
            assertEquals(folds.fold(i), found.get(i).<Integer>getAs("fold"));
        }
        requireErrorOfTheChoice(model, held);
        assertEquals(rows.count(), found.size());
    }

    /** The setting was chosen by the mean of the folds' errors. */
    private static void requireErrorOfTheChoice(PerceptronCrossValidatorModel model, Dataset<Row> held) {
        Row choice = model.choices().filter("chosen_epochs is not null").first();
        double mean = held.groupBy("fold")
                .agg(functions
                        .avg(functions.expr("cast(prediction <> label as double)"))
                        .as("error"))
                .agg(functions.avg("error"))
                .first()
                .getDouble(0);
        assertEquals(choice.<Double>getAs("best_error"), mean, 1e-12);
    }

    /** Without orderCol, a shuffle orders rows differently for each selection of columns. */
    @Test
    void shuffledRowsWithoutAnOrderHaveTheirOwnFoldsToo() {
        Dataset<Row> rows = rows(300, 6)
                .withColumn("third", functions.expr("cast(id % 3 as int)"))
                .repartition(4);
        PerceptronClassifier classifier = new PerceptronClassifier().setMaxIter(3);
        PerceptronCrossValidatorModel drawn = model(rows, classifier);
        requireErrorOfTheChoice(drawn, drawn.outOfFold());
        PerceptronCrossValidatorModel given = new PerceptronCrossValidator()
                .setEstimator(classifier)
                .setEstimatorParamMaps(new ParamMap[] {ParamMap.empty()})
                .setFoldCol("third")
                .fit(rows);
        assertEquals(0, given.outOfFold().filter("fold <> id % 3").count());
        requireErrorOfTheChoice(given, given.outOfFold());
    }

    @Test
    void markedRowsHaveNoHeldOutScores() {
        PerceptronCrossValidatorModel model = model(
                rows(500, 6), classifier().setValidationIndicatorCol("marked").setWeightCol("weight"));
        assertEquals(400, model.outOfFold().count());
        assertEquals(0, model.outOfFold().filter("marked").count());
    }

    @Test
    void setsHoldTheLabelsOfNewRowsAsOftenAsAsked() throws IOException {
        PerceptronCrossValidatorModel model = model(rows(1500, 6), classifier().setScaling("standard"));
        Dataset<Row> others = rows(1500, 7);
        String place = folder.resolve("cv").toString();
        for (double alpha : new double[] {0.05, 0.2}) {
            PerceptronCrossValidatorModel sure = model.conformal(alpha);
            Dataset<Row> sets = sure.transform(others);
            assertEquals(Set.of(sure.transformSchema(others.schema()).fieldNames()), Set.of(sets.columns()));
            double covered = sets.filter("array_contains(predictionSet, label)").count() / 1500.0;
            assertEquals(1 - alpha, covered, 4 * Math.sqrt(2 * alpha * (1 - alpha) / 1500));
            Metadata promised = sets.schema().apply("predictionSet").metadata();
            assertEquals(1 - alpha, promised.getDouble("coverage"));
            assertEquals(1 - 2 * alpha, promised.getDouble("guaranteedCoverage"), 0.01);
            FileUtils.deleteDirectory(folder.resolve("cv").toFile());
            sure.save(place);
            PerceptronCrossValidatorModel loaded = PerceptronCrossValidatorModel.load(place);
            assertEquals(
                    sets.sort("id").collectAsList(),
                    loaded.transform(others).sort("id").collectAsList());
            assertTrue(assertThrows(UserException.class, loaded::outOfFold)
                    .getMessage()
                    .contains("was loaded"));
        }
        assertTrue(Arrays.stream(model.transform(others).columns()).noneMatch("predictionSet"::equals));
        assertEquals(
                3,
                model.conformal(0.3)
                        .copy(ParamMap.empty())
                        .transform(others.limit(3))
                        .count());
    }

    @Test
    void laterStagesMustKeepTheFeaturesOfSets() {
        Dataset<Row> rows = rows(200, 6);
        SQLTransformer drops = new SQLTransformer().setStatement("SELECT id, prediction FROM __THIS__");
        PerceptronCrossValidatorModel sure = new PerceptronCrossValidator()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {classifier(), drops}))
                .setEstimatorParamMaps(new ParamMap[] {ParamMap.empty()})
                .fit(rows)
                .conformal(0.1);
        String sentence = "Expected a column 'features' in the rows that the chosen model makes";
        assertTrue(assertThrows(UserException.class, () -> sure.transform(rows))
                .getMessage()
                .startsWith(sentence));
        assertTrue(assertThrows(UserException.class, () -> sure.transformSchema(rows.schema()))
                .getMessage()
                .startsWith(sentence));
    }

    @Test
    void badInputIsRefused() {
        PerceptronCrossValidatorModel model = model(rows(200, 6).withColumnRenamed("weight", "fold"), classifier());
        assertTrue(assertThrows(UserException.class, model::outOfFold)
                .getMessage()
                .contains("Expected no column 'fold' in the data frame"));
        for (double alpha : new double[] {0, 1, Double.NaN}) {
            assertEquals(
                    "Expected an alpha above 0 and below 1, got " + alpha,
                    assertThrows(UserException.class, () -> model.conformal(alpha))
                            .getMessage());
        }
        Dataset<Row> taken = rows(3, 1).withColumn("predictionSet", functions.lit(1));
        assertEquals(3, model.transform(taken).count());
        assertThrows(UserException.class, () -> model.conformal(0.1).transform(taken));
        assertThrows(UserException.class, () -> model.conformal(0.1).transformSchema(taken.schema()));
    }

    @Test
    void aModelSavedWithoutHeldOutModelsLoads() throws IOException {
        Dataset<Row> rows = rows(200, 6);
        PerceptronCrossValidatorModel model = model(rows, classifier());
        String place = folder.resolve("cv").toString();
        model.save(place);
        FileUtils.deleteDirectory(folder.resolve("cv/heldOut").toFile());
        PerceptronCrossValidatorModel loaded = PerceptronCrossValidatorModel.load(place);
        assertEquals(
                model.transform(rows).sort("id").collectAsList(),
                loaded.transform(rows).sort("id").collectAsList());
        assertTrue(assertThrows(UserException.class, () -> loaded.conformal(0.1))
                .getMessage()
                .contains("an earlier version kept none"));
    }

    @Test
    @Tag("thorough")
    void aPipelineWhoseOtherStagesLearnNothingHasHeldOutModels() throws IOException {
        Dataset<Row> rows = rows(400, 6).withColumn("third", functions.expr("cast(id % 3 as int)"));
        PerceptronClassifier classifier = classifier().setFeaturesCol("copied").setValidationIndicatorCol("marked");
        SQLTransformer copies = new SQLTransformer().setStatement("SELECT *, features AS copied FROM __THIS__");
        PerceptronCrossValidator validator = new PerceptronCrossValidator()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {copies, classifier}))
                // These trainings share no pass.
                .setEstimatorParamMaps(
                        new ParamMap[] {new ParamMap().put(classifier.maxIter(), (Object) 1), ParamMap.empty()})
                .setCollectSubModels(true)
                .setFoldCol("third");
        PerceptronCrossValidatorModel model = validator.fit(rows).copy(ParamMap.empty());
        Dataset<Row> held = model.outOfFold();
        assertEquals(320, held.filter("fold = id % 3 and not marked").count());
        requireErrorOfTheChoice(model, held);
        assertFalse(Arrays.asList(held.columns()).contains("third"));
        String place = folder.resolve("cv").toString();
        PerceptronCrossValidatorModel sure = model.conformal(0.1);
        sure.save(place);
        List<Row> sets = sure.transform(rows).sort("id").collectAsList();
        assertEquals(
                sets,
                PerceptronCrossValidatorModel.load(place)
                        .transform(rows)
                        .sort("id")
                        .collectAsList());
        assertTrue(assertThrows(UserException.class, () -> validator
                        .setEvaluator(new MulticlassClassificationEvaluator())
                        .fit(rows)
                        .conformal(0.1))
                .getMessage()
                .contains("no evaluator"));
    }
}
