package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.LeftOut;
import io.sparkperceptron.SparkTest;
import io.sparkperceptron.ml.PerceptronClassifier;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The tab of Spark's UI in Chromium, with a fit of the estimator. */
@EnabledIf("aBrowserIsThere")
@Tag("thorough")
class SparkUiIT {

    static boolean aBrowserIsThere() {
        boolean there = Browser.isThere();
        if (!there) {
            LeftOut.add("the tab of Spark's UI in a browser (no chromium or no chromedriver)");
        }
        return there;
    }

    @Test
    void theTabIsDrawnAndBreaksNoRuleOfSparksPages() throws Exception {
        SparkTest.stopSpark();
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .appName("test")
                .config("spark.plugins", "io.sparkperceptron.ui.PerceptronsPlugin")
                .config("spark.ui.port", "0")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate()) {
            new PerceptronClassifier().setMaxIter(30).fit(rows(session));
            String address = session.sparkContext().uiWebUrl().get();
            String host = address.replaceFirst("^http://", "");
            try (Browser browser = Browser.open(
                    address + "/perceptrons/",
                    1280,
                    900,
                    "return document.body.textContent.includes('30 of 30, finished')")) {
                // The page may ask Spark for files.
                List<String> complaints = browser.complaints().stream()
                        .filter(line -> !(line.startsWith("{\"message\"") && line.contains(host)))
                        .toList();
                assertEquals(List.of(), complaints);
                assertEquals(2, browser.all("svg[role=img]").size());
                // The curve of the cost goes from the first to the last epoch.
                String curve = "document.querySelectorAll('svg[role=img] svg')[1].querySelector('path')";
                double width = ((Number) browser.run("return " + curve + ".getBBox().width")).doubleValue();
                assertTrue(width > 500, "" + width);
                assertEquals("Perceptrons", browser.text(".nav-item.active"));
            }
        }
    }

    private static Dataset<Row> rows(SparkSession session) {
        StructType schema = new StructType(new StructField[] {
            DataTypes.createStructField("label", DataTypes.DoubleType, false),
            DataTypes.createStructField("features", SQLDataTypes.VectorType(), false)
        });
        List<Row> rows = IntStream.range(0, 100)
                .mapToObj(row -> RowFactory.create(row % 2.0, Vectors.dense(row % 2 + row % 5, 1)))
                .toList();
        return session.createDataFrame(rows, schema);
    }
}
