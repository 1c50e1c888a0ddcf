package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PerceptronClassifierTest extends MlTest {

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

    @Test
    void aGridComesToTheBitsOfFitsOneByOne() {
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
    void transforms() {
        Dataset<Row> rows = rows(400, 3);
        PerceptronClassificationModel model = classifier().fit(rows);
        assertEquals(CLASSES, model.numClasses());
        assertEquals(FEATURES, model.numFeatures());
        for (Row row : model.transform(rows).takeAsList(50)) {
            Vector raw = row.getAs("rawPrediction");
            Vector probability = row.getAs("probability");
            assertEquals(raw.argmax(), (double) row.getAs("prediction"));
            for (int c = 0; c < CLASSES; c++) {
                assertEquals(1 / (1 + Math.exp(-raw.apply(c))), probability.apply(c), 1e-15);
            }
        }
        assertTrue(model.explainParams().contains("stepSize: the learning rate"));
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
    void refusesWhatCannotBe() {
        assertThrows(UserException.class, () -> classifier().setPatience(3).fit(rows(10, 5)));
        assertThrows(IllegalArgumentException.class, () -> classifier().setLoss("hinge"));
    }
}
