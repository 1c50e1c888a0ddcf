package io.sparkperceptron.benchmark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.mllib.classification.LogisticRegressionWithSGD;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * One iteration of Spark's own logistic regressions: the time of many, less that of few, divided by the difference. On the
 * training images alone, cached.
 */
final class MllibIterations {

    private static final int FEW = 2;

    private final Dataset<Row> rows;
    private final RDD<org.apache.spark.mllib.regression.LabeledPoint> binary;

    MllibIterations(SparkSession spark, JavaRDD<LabeledPoint> scaled) {
        rows = spark.createDataFrame(scaled, LabeledPoint.class).persist(StorageLevel.MEMORY_ONLY());
        rows.count();
        JavaRDD<org.apache.spark.mllib.regression.LabeledPoint> points =
                scaled.map(point -> new org.apache.spark.mllib.regression.LabeledPoint(
                        point.label() == 0 ? 1 : 0, Vectors.fromML(point.features())));
        binary = points.persist(StorageLevel.MEMORY_ONLY()).rdd();
        binary.count();
    }

    /** One iteration of the multinomial regression of ten classes. */
    double multinomial(int iterations) {
        return perIteration(iterations, count -> new LogisticRegression()
                .setFamily("multinomial")
                .setStandardization(false)
                .setRegParam(0)
                .setTol(0)
                .setMaxIter(count)
                .fit(rows));
    }

    /** Ten times one full-batch iteration of one perceptron. */
    double tenTimesSgd(int iterations) {
        return 10
                * perIteration(iterations, count -> {
                    LogisticRegressionWithSGD regression = new LogisticRegressionWithSGD(0.5, count, 0, 1);
                    regression.optimizer().setConvergenceTol(0);
                    regression.run(binary);
                });
    }

    private interface Training {
        void run(int iterations);
    }

    private static double perIteration(int iterations, Training training) {
        double few = Figures.seconds(() -> training.run(FEW));
        double many = Figures.seconds(() -> training.run(FEW + iterations));
        return (many - few) / iterations;
    }
}
