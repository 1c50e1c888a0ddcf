package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.mllib.util.MLUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** One sentence each: what was expected, what was found, and in which row. */
class BadRowsTest extends MlTest {

    private static final Row GOOD = RowFactory.create(1L, 0.0, Vectors.dense(1, 2), 1.0, false);
    private static final Row OTHER = RowFactory.create(2L, 1.0, Vectors.dense(3, 4), 1.0, true);

    @TempDir
    Path folder;

    @Test
    void aBadRowIsNamedByItsNumberInTheDataFrame() {
        assertSentence(
                "Expected features in row 2 of the data frame, found null; drop such rows, or fill them with Imputer"
                        + " before",
                RowFactory.create(3L, 0.0, null, 1.0, false));
        assertSentence(
                "Expected finite features in row 2 of the data frame, found NaN as feature 1",
                RowFactory.create(3L, 0.0, Vectors.dense(1, Double.NaN), 1.0, false));
        assertSentence(
                "Expected finite features in row 2 of the data frame, found -Infinity as feature 1",
                RowFactory.create(
                        3L,
                        0.0,
                        Vectors.sparse(2, new int[] {1}, new double[] {Double.NEGATIVE_INFINITY}),
                        1.0,
                        false));
        assertSentence(
                "Expected vectors of 2 features as in the rows before in row 2 of the data frame, found 3",
                RowFactory.create(3L, 0.0, Vectors.dense(1, 2, 3), 1.0, false));
        assertSentence(
                "Expected a whole number from 0 on as the label in row 2 of the data frame, found 0.5; StringIndexer"
                        + " makes such labels",
                RowFactory.create(3L, 0.5, Vectors.dense(1, 2), 1.0, false));
        assertSentence(
                "Expected a whole number from 0 on as the label in row 2 of the data frame, found -1.0; StringIndexer"
                        + " makes such labels",
                RowFactory.create(3L, -1.0, Vectors.dense(1, 2), 1.0, false));
        assertSentence(
                "Expected a label in row 2 of the data frame, found null",
                RowFactory.create(3L, null, Vectors.dense(1, 2), 1.0, false));
        assertSentence(
                "Expected a finite weight of at least 0 in row 2 of the data frame, found -2.0",
                RowFactory.create(3L, 0.0, Vectors.dense(1, 2), -2.0, false));
        assertSentence(
                "Expected true or false in every row of the column 'marked' of the data frame, found null",
                RowFactory.create(3L, 0.0, Vectors.dense(1, 2), 1.0, null));
        assertSentence(
                "Expected another value in every row of the column 'id' that gives the order, found 2 twice, in row 2"
                        + " of the data frame and the row before",
                RowFactory.create(2L, 0.0, Vectors.dense(1, 2), 1.0, false));
        assertEquals(
                "Expected labels below 4096 in the data frame, found 5000",
                failure(frame(List.of(GOOD)).withColumn("label", functions.lit(5000))));
        assertEquals("Expected at least one example in the data frame, found none", failure(frame(List.of())));
        assertEquals(
                "Expected a weight above 0 for some example in the data frame, found none",
                failure(frame(List.of(GOOD, OTHER)).withColumn("weight", functions.lit(0))));
    }

    @Test
    void valuesThatSparkSortsAsEqualAreRefusedAsOrder() {
        assertTie("null", "null", "if(id = 9, 'z', null)");
        assertTie("0102", "0102", "X'0102'");
        assertTie("0.0", "-0.0", "if(id = 1, 0.0D, -0.0D)");
        assertTie("0.0", "-0.0", "cast(if(id = 1, 0.0D, -0.0D) as float)");
        assertTie("NaN", "NaN", "cast('NaN' as double)");
        assertTie("[0.0", "[-0.0", "struct(if(id = 1, 0.0D, -0.0D) as one, X'01' as other)");
        assertTie("", "", "array(X'01', null)");
        Dataset<Row> two = frame(List.of(GOOD, OTHER));
        assertEquals(
                "Expected values that can be sorted in the column 'id' of the data frame, found map<int,int>",
                failure(two.withColumn("id", functions.expr("map(1, 2)"))));
        for (String good : List.of("if(id = 1, null, -0.0D)", "if(id = 1, X'01', X'0100')", "array(id)", "features")) {
            new PerceptronClassifier().setOrderCol("id").setMaxIter(1).fit(two.withColumn("id", functions.expr(good)));
        }
    }

    /** The sentence may name either of the values. */
    private static void assertTie(String one, String other, String order) {
        String sentence = failure(frame(List.of(GOOD, OTHER)).withColumn("id", functions.expr(order)));
        String expected = "Expected another value in every row of the column 'id' that gives the order, found ";
        assertTrue(sentence.startsWith(expected + one) || sentence.startsWith(expected + other), sentence);
        assertTrue(sentence.endsWith(" twice, in row 1 of the data frame and the row before"), sentence);
    }

    @Test
    void columnsAreCheckedBeforeRows() {
        Dataset<Row> good = frame(List.of(GOOD, OTHER));
        assertEquals(
                "Expected a column 'features' in the data frame, found id, label, weight, marked",
                failure(good.drop("features")));
        assertEquals(
                "Expected numbers in the column 'label' of the data frame, found string; StringIndexer makes labels of"
                        + " texts",
                failure(good.withColumn("label", functions.lit("one"))));
        assertEquals(
                "Expected vectors, arrays or numbers in the column 'features' of the data frame, found string, 'one'"
                        + " in row 0; drop such rows, or put numbers in their place",
                failure(good.withColumn("features", functions.lit("one"))));
        assertEquals(
                "Expected vectors, arrays or numbers in the column 'features' of the data frame, found string, '?' in"
                        + " row 1; drop such rows, or put numbers in their place",
                failure(good.withColumn("features", functions.expr("if(id = 1, '-1e3', '?')"))));
        assertEquals(
                "Expected vectors, arrays or numbers in the column 'features' of the data frame, found date,"
                        + " '2026-01-02' in row 1; datediff and unix_timestamp make numbers of dates and times",
                failure(good.withColumn("features", functions.expr("if(id = 1, null, date'2026-01-02')"))));
        String older =
                "Expected vectors, arrays or numbers in the column 'features' of the data frame, found vector of the"
                        + " older package org.apache.spark.mllib; MLUtils.convertVectorColumnsToML makes vectors of"
                        + " org.apache.spark.ml of them";
        Dataset<Row> oldVectors = MLUtils.convertVectorColumnsFromML(good, "features");
        assertEquals(older, failure(oldVectors));
        PerceptronClassificationModel model =
                new PerceptronClassifier().setMaxIter(1).fit(MLUtils.convertVectorColumnsToML(oldVectors, "features"));
        assertEquals(
                older,
                assertThrows(UserException.class, () -> model.transform(oldVectors))
                        .getMessage());
        assertEquals(
                "Expected vectors, arrays or numbers in the column 'features' of the data frame, found array<string>;"
                        + " cast its elements to double",
                failure(good.withColumn("features", functions.expr("array('1', '2')"))));
        assertEquals(
                "Expected true and false in the column 'id' of the data frame, found bigint",
                assertThrows(UserException.class, () -> new PerceptronClassifier()
                                .setValidationIndicatorCol("id")
                                .fit(good))
                        .getMessage());
    }

    @Test
    void badArraysAreNamed() {
        Dataset<Row> rows = frame(List.of(GOOD, OTHER));
        assertEquals(
                "Expected finite features in row 1 of the data frame, found null as feature 1",
                failure(rows.withColumn("features", functions.expr("array(1.5D, if(id = 1, 2D, null))"))));
        assertEquals(
                "Expected vectors of 1 features as in the rows before in row 1 of the data frame, found 2",
                failure(rows.withColumn("features", functions.expr("if(id = 1, array(1F), array(1F, 2F))"))));
    }

    @Test
    void aDataFrameWithAllRowsMarkedIsRefused() {
        assertEquals(
                "Expected at least one row of the data frame to train on, found all marked for validation in the column"
                        + " 'marked'",
                assertThrows(UserException.class, () -> new PerceptronClassifier()
                                .setValidationIndicatorCol("marked")
                                .fit(frame(List.of(OTHER))))
                        .getMessage());
    }

    /** A row that cannot be scored gets no prediction. */
    @Test
    void whatCannotBeScoredIsNamed() {
        PerceptronClassificationModel model =
                new PerceptronClassifier().setMaxIter(1).fit(frame(List.of(GOOD, OTHER)));
        assertRefused(model, "Expected features in the column 'features', found null; drop such rows, or fill", null);
        assertRefused(
                model,
                "Expected finite features in the column 'features', found NaN as feature 1; drop such rows, or fill",
                Vectors.dense(0, Double.NaN));
        assertRefused(
                model,
                "Expected finite features in the column 'features', found Infinity as feature 0; drop such rows, or"
                        + " fill",
                Vectors.sparse(2, new int[] {0}, new double[] {Double.POSITIVE_INFINITY}));
        Dataset<Row> arrays = frame(List.of(GOOD)).withColumn("features", functions.expr("array(null, 1D)"));
        assertCause(
                "Expected finite features in the column 'features', found null as feature 0;",
                () -> model.transform(arrays).collect());
    }

    private static void assertRefused(PerceptronClassificationModel model, String sentence, Vector features) {
        assertTrue(assertThrows(UserException.class, () -> model.predict(features))
                .getMessage()
                .startsWith(sentence));
        Dataset<Row> rows = frame(List.of(GOOD, RowFactory.create(3L, 0.0, features, 1.0, false)));
        assertCause(sentence, () -> model.transform(rows).collect());
    }

    private static void assertCause(String sentence, Executable action) {
        Throwable cause = assertThrows(SparkException.class, action);
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertTrue(String.valueOf(cause.getMessage()).startsWith(sentence), cause.toString());
    }

    @Test
    void whatDivergesOrHasNoOthersToCompareWithSaysWhatToDo() {
        Dataset<Row> rows = rows(60, 1);
        PerceptronClassificationModel model =
                new PerceptronClassifier().setMaxIter(1).fit(rows);
        assertEquals(
                "A report compares the rows trained on with others: mark those in a column, and name it with"
                        + " setValidationIndicatorCol before fit",
                assertThrows(UserException.class, () -> model.summary()
                                .writeReport(folder.resolve("report").toString()))
                        .getMessage());
        SparkException failed = assertThrows(SparkException.class, () -> model.transform(frame(List.of(GOOD)))
                .collect());
        assertTrue(
                String.valueOf(failed.getCause()).contains("Expected vectors of 6 features in the column 'features'"),
                failed.toString());
    }

    @Test
    void modelsOfTheCommandLineAreLoadedAndThoseOfNewerVersionsRefused() throws IOException {
        Dataset<Row> rows = rows(100, 2);
        PerceptronClassificationModel model = new PerceptronClassifier()
                .setMaxIter(3)
                .setValidationIndicatorCol("marked")
                .fit(rows);
        String report = folder.resolve("report").toString();
        assertTrue(model.summary().writeReport(report).endsWith("report.html"));
        assertTrue(Files.size(folder.resolve("report/report.html")) > 100_000);
        PerceptronClassificationModel loaded = PerceptronClassificationModel.load(report + "/models/logistic-0.5");
        assertEquals(bits(model), bits(loaded));
        assertEquals(
                model.transform(rows).select("prediction", "rawPrediction").collectAsList(),
                loaded.transform(rows).select("prediction", "rawPrediction").collectAsList());

        Path description = folder.resolve("report/models/logistic-0.5/model.json");
        Files.writeString(description, Files.readString(description).replaceFirst("\\{", "{ \"format\" : 2,"));
        assertTrue(assertThrows(
                        UserException.class, () -> PerceptronClassificationModel.load(report + "/models/logistic-0.5"))
                .getMessage()
                .contains("expected format at most 1, got 2: a newer version has written it"));
    }

    private static void assertSentence(String expected, Row bad) {
        List<Row> rows = new ArrayList<>(List.of(GOOD, OTHER, bad, RowFactory.create(9L, 1.0, null, null, true)));
        assertEquals(expected, failure(frame(rows)));
    }

    private static String failure(Dataset<Row> rows) {
        PerceptronClassifier classifier =
                new PerceptronClassifier().setWeightCol("weight").setOrderCol("id");
        if (rows.filter("marked is null").count() > 0) {
            classifier.setValidationIndicatorCol("marked");
        }
        return assertThrows(UserException.class, () -> classifier.fit(rows)).getMessage();
    }

    private static Dataset<Row> frame(List<Row> rows) {
        return session().createDataFrame(rows, schema());
    }
}
