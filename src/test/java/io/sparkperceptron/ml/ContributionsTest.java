package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContributionsTest extends MlTest {

    private static PerceptronClassifier classifier() {
        return new PerceptronClassifier().setMaxIter(30).setOrderCol("id").setContributionsCol("parts");
    }

    /** Half of the rows are sparse. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "pixel", "unit-norm", "standard"})
    void withTheInterceptTheyAddUpToTheRawPredictionOfThePredictedClass(String scaling) {
        PerceptronClassificationModel model = classifier().setScaling(scaling).fit(rows(300, 1));
        for (Row row : model.transform(rows(300, 2)).collectAsList()) {
            int label = (int) row.<Double>getAs("prediction").doubleValue();
            Vector features = row.getAs("features");
            Vector parts = row.getAs("parts");
            assertEquals(FEATURES, parts.size());
            double raw = row.<Vector>getAs("rawPrediction").apply(label);
            double sum = Arrays.stream(parts.toArray()).sum();
            assertEquals(raw, sum + model.interceptVector().apply(label), 1e-12 * Math.max(1, Math.abs(raw)));
            double length =
                    Math.sqrt(Arrays.stream(features.toArray()).map(x -> x * x).sum());
            double factor =
                    scaling.equals("pixel") ? 1 / 255.0 : scaling.equals("unit-norm") && length > 0 ? 1 / length : 1;
            for (int j = 0; j < FEATURES; j++) {
                assertEquals(
                        factor * model.coefficientMatrix().apply(label, j) * features.apply(j), parts.apply(j), 1e-13);
            }
        }
    }

    @Test
    void theColumnNamesItsFeaturesAndIsThereOnlyIfItHasAName() {
        Dataset<Row> rows = new VectorAssembler()
                .setInputCols(new String[] {"weight", "features"})
                .setOutputCol("named")
                .transform(rows(60, 3));
        PerceptronClassificationModel model =
                classifier().setFeaturesCol("named").fit(rows);
        Dataset<Row> transformed = model.transform(rows);
        AttributeGroup group =
                AttributeGroup.fromStructField(transformed.schema().apply("parts"));
        assertEquals("weight", group.getAttr(0).name().get());
        assertEquals("features_0", group.getAttr(1).name().get());
        assertEquals(
                List.of("rawPrediction", "probability", "prediction", "parts"),
                Arrays.asList(transformed.columns()).subList(6, 10));
        Set<String> columns = Set.of(transformed.columns());
        assertEquals(columns, Set.of(model.transformSchema(rows.schema()).fieldNames()));
        assertEquals(
                columns,
                Set.of(classifier()
                        .setFeaturesCol("named")
                        .transformSchema(rows.schema())
                        .fieldNames()));
        model.setContributionsCol("");
        assertEquals(9, model.transform(rows).columns().length);
        assertEquals("", new PerceptronClassifier().getContributionsCol());
        assertEquals("", classifier().setContributionsCol(null).getContributionsCol());
    }

    @Test
    void oddColumnsWorkAndTakenNamesAreRefused() {
        Dataset<Row> rows = rows(60, 4);
        List<Row> expected = parts(classifier().fit(rows).transform(rows), "parts");
        PerceptronClassificationModel model =
                classifier().setContributionsCol("my.parts `x`").fit(rows);
        assertEquals(expected, parts(model.transform(rows), "my.parts `x`"));
        Dataset<Row> arrays = rows.withColumn(
                "features", functions.vector_to_array(org.apache.spark.sql.functions.col("features"), "float64"));
        assertEquals(expected, parts(classifier().fit(arrays).transform(arrays), "parts"));
        // Without other columns, the model must compute the prediction itself.
        PerceptronClassificationModel alone = classifier()
                .setRawPredictionCol("")
                .setProbabilityCol("")
                .setPredictionCol("")
                .fit(rows);
        assertEquals(expected, parts(alone.transform(rows), "parts"));
        for (String taken : List.of("label", "prediction", "features")) {
            assertEquals(
                    "Expected a new name of a column as contributionsCol, found '" + taken
                            + "', which the data frame or another param already has",
                    assertThrows(UserException.class, () -> model.copy(ParamMap.empty())
                                    .setContributionsCol(taken)
                                    .transform(rows))
                            .getMessage());
            assertThrows(
                    UserException.class,
                    () -> classifier().setContributionsCol(taken).fit(rows));
        }
    }

    @Test
    void theyAreThoseOfTheClassThatThresholdsChoose() {
        Dataset<Row> rows = rows(60, 5);
        PerceptronClassifier classifier = classifier();
        PerceptronClassificationModel model = classifier.fit(rows).setThresholds(new double[] {1e-6, 1, 1, 1});
        for (Row row : model.transform(rows).collectAsList()) {
            assertEquals(0.0, row.<Double>getAs("prediction"));
            double[] expected = new double[FEATURES];
            Arrays.setAll(
                    expected,
                    j -> model.coefficientMatrix().apply(0, j)
                            * row.<Vector>getAs("features").apply(j));
            assertArrayEquals(expected, row.<Vector>getAs("parts").toArray(), 1e-13);
        }
        List<PerceptronClassificationModel> both = classifier.fit(
                rows, new ParamMap[] {ParamMap.empty(), new ParamMap().put(classifier.contributionsCol(), "")});
        assertTrue(bits(both.get(0)).equals(bits(both.get(1))));
        assertEquals("", both.get(1).getContributionsCol());
    }

    private static List<Row> parts(Dataset<Row> transformed, String name) {
        return transformed
                .sort("id")
                .withColumnRenamed(name, "parts")
                .select("parts")
                .collectAsList();
    }
}
