package io.sparkperceptron.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.session.TrainingData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Scala on the page about data frames, run from top to bottom in Spark's shell. */
@Tag("thorough")
class DataFramesPageIT {

    private static final Pattern CODE = Pattern.compile("```scala\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path temporary;

    @Test
    void theScalaOnThePageRuns() throws Exception {
        // The shell starts one of its own.
        SparkTest.stopSpark();
        Path digits = temporary.resolve("digits");
        Path model = temporary.resolve("model");
        Path images = TestImages.writeFolder(temporary.resolve("images"), 600, 10, 9, 9);
        try (NoteRepl repl = NoteRepl.start(Files.createDirectory(temporary.resolve("classes")))) {
            try (TrainingData data = TrainingData.load(NoteRepl.spark, images.toString())) {
                NoteRepl.spark
                        .createDataFrame(data.points(), LabeledPoint.class)
                        .withColumn("name", functions.concat(functions.lit("digit "), functions.col("label")))
                        .withColumn("id", functions.monotonically_increasing_id())
                        .drop("label")
                        .write()
                        .parquet(digits.toString());
            }
            String page = Files.readString(Path.of("src/site/markdown/dataframes.md"));
            List<String> cells = CODE.matcher(page)
                    .results()
                    .map(match -> match.group(1)
                            .replace("hdfs://host/digits", digits.toString())
                            .replace("hdfs://host/model", model.toString()))
                    .toList();
            assertEquals(3, cells.size());
            String first = repl.run(cells.get(0));
            assertTrue(first.contains("|digit 0.0|") && first.contains("|   19|"), first);
            assertEquals(2, PipelineModel.load(model.toString()).stages().length);
            String second = repl.run(cells.get(1));
            assertTrue(second.contains("mean_error") && second.contains("|chosen_epochs|"), second);
            String third = repl.run(cells.get(2));
            assertTrue(third.contains("|fold|") && third.contains("|predictionSet|"), third);
        }
    }
}
