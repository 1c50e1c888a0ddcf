package io.sparkperceptron.benchmark;

import io.sparkperceptron.ml.PerceptronClassifier;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Fits to a cached data frame of MNIST's training images: nine settings together, one by one, and by Spark's own estimator. */
public final class EstimatorBenchmark {

    private static final double[] STEP_SIZES = {0.01, 0.05, 0.1, 0.5, 1, 1.5, 2, 5, 10};
    private static final int ITERATIONS = 50;

    private EstimatorBenchmark() {}

    /**
     * Measures, and prints a table.
     *
     * @param arguments folder of MNIST, and rounds
     */
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder()
                .appName("spark-perceptron benchmark")
                .config("spark.kryo.registrationRequired", "false")
                .getOrCreate();
        JavaRDD<LabeledPoint> points =
                EpochBenchmark.scaledTraining(arguments[0], JavaSparkContext.fromSparkContext(spark.sparkContext()));
        Dataset<Row> images = spark.createDataFrame(points, LabeledPoint.class).cache();
        images.count();
        PerceptronClassifier perceptrons = new PerceptronClassifier();
        System.out.printf(
                Locale.ROOT,
                "a first fit of no iteration, with the metrics of its start: %.1f s%n",
                Figures.seconds(
                        () -> perceptrons.copy(ParamMap.empty()).setMaxIter(0).fit(images)));
        perceptrons.setMaxIter(ITERATIONS);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(perceptrons.stepSize(), STEP_SIZES)
                .build();
        LogisticRegression regression =
                new LogisticRegression().setMaxIter(ITERATIONS).setTol(0).setStandardization(false);
        Figures figures = new Figures();
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            figures.note("fit(images, grid)", Figures.seconds(() -> perceptrons.fit(images, grid)));
            figures.note("fit(images, params), nine times", Figures.seconds(() -> {
                for (ParamMap params : grid) {
                    perceptrons.fit(images, params);
                }
            }));
            figures.note("LogisticRegression, nine times", Figures.seconds(() -> IntStream.range(0, grid.length)
                    .forEach(i -> regression.setRegParam(i * 1e-5).fit(images))));
        }
        figures.print("nine settings, " + ITERATIONS + " iterations each, s", 1, "%.1f");
        Figures.printRatioHeading();
        figures.printRatio("one by one / together", "fit(images, params), nine times", "fit(images, grid)", "-");
        figures.printRatio("LogisticRegression / together", "LogisticRegression, nine times", "fit(images, grid)", "-");
        spark.stop();
    }
}
