package io.sparkperceptron.ml;

import com.holdenkarau.spark.testing.SharedJavaSparkContext;
import io.sparkperceptron.SparkTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** A Spark as users of data frames have it, without this project's configuration. */
@Tag("spark")
abstract class MlTest {

    static final int CLASSES = 4;
    static final int FEATURES = 6;

    private static final SharedJavaSparkContext SHARED = new SharedJavaSparkContext() {
        @Override
        public SparkConf conf() {
            return new SparkConf(false)
                    .setMaster("local[4]")
                    .setAppName("test")
                    .set("spark.ui.enabled", "false")
                    .set("spark.sql.shuffle.partitions", "3")
                    .set("spark.driver.bindAddress", "127.0.0.1")
                    .set("spark.driver.host", "127.0.0.1");
        }
    };

    @BeforeAll
    static void startOtherSpark() {
        SparkTest.stopSpark();
        SHARED.runBefore();
    }

    @AfterAll
    static void stopOtherSpark() {
        SharedJavaSparkContext.runAfterClass();
    }

    static SparkSession session() {
        return SparkSession.builder().getOrCreate();
    }

    /**
     * Rows of {@code id}, {@code label}, {@code features}, {@code weight} and {@code marked}, true for every fifth row.
     */
    static Dataset<Row> rows(int count, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(CLASSES);
            double[] features = new double[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                features[j] = random.nextInt(3) == 0 ? 0 : random.nextGaussian() + (j == label ? 1.5 : 0);
            }
            rows.add(RowFactory.create(
                    (long) i,
                    (double) label,
                    i % 2 == 0
                            ? Vectors.dense(features)
                            : Vectors.dense(features).toSparse(),
                    0.5 + random.nextInt(4),
                    i % 5 == 0));
        }
        return session().createDataFrame(rows, schema()).repartition(3);
    }

    static StructType schema() {
        return new StructType(new StructField[] {
            DataTypes.createStructField("id", DataTypes.LongType, false),
            DataTypes.createStructField("label", DataTypes.DoubleType, true),
            DataTypes.createStructField("features", SQLDataTypes.VectorType(), true),
            DataTypes.createStructField("weight", DataTypes.DoubleType, true),
            DataTypes.createStructField("marked", DataTypes.BooleanType, true)
        });
    }

    /** What an action logs. */
    static String logged(Runnable action) {
        StringBuilder lines = new StringBuilder();
        AbstractAppender appender = new AbstractAppender("lines", null, null, false, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.append(event.getMessage().getFormattedMessage()).append('\n');
            }
        };
        Logger logger = (Logger) LogManager.getLogger("io.sparkperceptron");
        appender.start();
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.removeAppender(appender);
        }
        return lines.toString();
    }

    /** The weights of a model, bit by bit. */
    static List<Long> bits(PerceptronClassificationModel model) {
        List<Long> bits = new ArrayList<>();
        for (double value : model.stored().model().toArray()) {
            bits.add(Double.doubleToLongBits(value));
        }
        return bits;
    }
}
