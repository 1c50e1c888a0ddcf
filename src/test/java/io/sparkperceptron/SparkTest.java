package io.sparkperceptron;

import com.holdenkarau.spark.testing.SharedJavaSparkContext;
import io.sparkperceptron.cluster.KryoRegistration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A Spark of four threads, shared by the tests of a class, with Kryo as strict as in real runs. */
public abstract class SparkTest {

    private static final SharedJavaSparkContext SHARED = new SharedJavaSparkContext();

    @BeforeAll
    static void startSpark() {
        KryoRegistration.configure(SHARED.conf())
                .set("spark.ui.enabled", "false")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.driver.host", "127.0.0.1");
        SHARED.runBefore();
    }

    @AfterAll
    static void stopSpark() {
        SharedJavaSparkContext.runAfterClass();
    }

    protected static JavaSparkContext spark() {
        return SHARED.jsc();
    }
}
