package io.sparkperceptron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.holdenkarau.spark.testing.SharedJavaSparkContext;
import io.sparkperceptron.cluster.KryoRegistration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** A Spark with four threads and four tries, shared by all tests of a JVM. Kryo is as strict as in real runs. */
@Tag("spark")
public abstract class SparkTest {

    private static final SparkConf CONF = KryoRegistration.configure(new SparkConf())
            .setMaster("local[4,4]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "127.0.0.1");

    private static final SharedJavaSparkContext SHARED = new SharedJavaSparkContext() {
        @Override
        public SparkConf conf() {
            return CONF;
        }
    };

    @BeforeAll
    static void startSpark() {
        SHARED.runBefore();
        assertEquals(KryoRegistration.class.getName(), spark().getConf().get("spark.kryo.registrator"));
    }

    /** Stops this Spark for tests with their own: a JVM has room for one. The next test restarts this one. */
    public static void stopSpark() {
        SharedJavaSparkContext.runAfterClass();
    }

    protected static JavaSparkContext spark() {
        return SHARED.jsc();
    }
}
