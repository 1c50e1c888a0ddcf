package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.model.FeatureScaling;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.reflect.ClassTag$;

/** Blocks that spill to disk or move between machines come back as they were, in every layout. */
class KryoRegistrationTest {

    @ParameterizedTest
    @CsvSource({"10, 255", "10, 0.5", "10, 0.1", "70000, 255", "70000, 0.5", "70000, 0.1"})
    void blocksSurvive(int features, double value) {
        double[][] rows = new double[3][features];
        rows[0][1] = value;
        rows[2][features - 1] = value;
        ExampleBlock block = TestBlocks.pack(
                        Split.TEST, features, 4, FeatureScaling.UNIT_NORM, rows, new int[] {3, 0, 2})
                .get(0);
        SerializerInstance kryo = new KryoSerializer(KryoRegistration.configure(new SparkConf(false))).newInstance();
        ExampleBlock back = kryo.deserialize(
                kryo.serialize(block, ClassTag$.MODULE$.apply(ExampleBlock.class)),
                ClassTag$.MODULE$.apply(ExampleBlock.class));
        assertEquals(block.split(), back.split());
        assertEquals(block.rows(), back.rows());
        assertEquals(block.sizeInBytes(), back.sizeInBytes());
        assertEquals(block.hash(), back.hash());
        for (int row = 0; row < block.rows(); row++) {
            assertEquals(block.label(row), back.label(row));
            assertEquals(block.factor(row), back.factor(row));
            assertArrayEquals(entries(block, row), entries(back, row));
        }
    }

    private static double[] entries(ExampleBlock block, int row) {
        int[] columns = new int[block.entries(row)];
        double[] values = new double[block.entries(row)];
        block.unpack(row, row + 1, columns, values);
        double[] entries = new double[2 * columns.length];
        for (int k = 0; k < columns.length; k++) {
            entries[2 * k] = columns[k];
            entries[2 * k + 1] = values[k];
        }
        return entries;
    }
}
