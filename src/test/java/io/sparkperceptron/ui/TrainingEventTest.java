package io.sparkperceptron.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.ui.TrainingEvent.Ended;
import io.sparkperceptron.ui.TrainingEvent.Epoch;
import io.sparkperceptron.ui.TrainingEvent.Judged;
import io.sparkperceptron.ui.TrainingEvent.Left;
import io.sparkperceptron.ui.TrainingEvent.Placed;
import io.sparkperceptron.ui.TrainingEvent.Started;
import java.util.List;
import org.apache.spark.util.JsonProtocol;
import org.apache.spark.util.kvstore.KVStoreSerializer;
import org.junit.jupiter.api.Test;

class TrainingEventTest {

    @Test
    void sparkReadsWhatItHasWritten() {
        Started started = MadeUpTraining.started(1, 3, 10);
        started.rates()[2] = Double.NaN;
        Started readStarted = (Started) again(started);
        assertEquals(started.runs(), readStarted.runs());
        assertArrayEquals(started.rates(), readStarted.rates());
        assertArrayEquals(started.rows(), readStarted.rows());
        Epoch epoch = MadeUpTraining.epoch(1, 7, 3, Double.POSITIVE_INFINITY, 0.12345);
        epoch.trainError()[1] = Float.NaN;
        Epoch readEpoch = (Epoch) again(epoch);
        assertEquals(7, readEpoch.epoch());
        assertArrayEquals(epoch.seconds(), readEpoch.seconds());
        assertArrayEquals(epoch.trainCost(), readEpoch.trainCost());
        assertArrayEquals(epoch.trainError(), readEpoch.trainError());
        assertArrayEquals(new float[0], readEpoch.validationError());
        for (TrainingEvent event : List.of(
                new Left(1, 2, 3, "diverged"),
                new Placed(1, 2, true, List.of("executor_a_0"), List.of(4)),
                new Judged(1, 3, List.of("steady"), List.of(1)),
                new Ended(1, 123))) {
            assertEquals(event, again(event));
        }
    }

    /** The store of Spark's UI on disk has events as JSON. */
    @Test
    void aStoreOnDiskKeepsATraining() throws Exception {
        Training training = new Training(MadeUpTraining.started(3, 1, 10)).with(new Left(3, 0, 1, "target"));
        KVStoreSerializer serializer = new KVStoreSerializer();
        Training read = serializer.deserialize(serializer.serialize(training), Training.class);
        assertEquals(training.left(), read.left());
        assertEquals(3, read.key());
    }

    @Test
    void anEpochOfTwentyRunsTakesLessThanAKilobyteOfTheLog() {
        Epoch epoch = new Epoch(
                12,
                12_345,
                new float[] {0.010123f, 0.0081234f, 0.0021234f},
                twenty(0.83493),
                twenty(0.10512),
                twenty(0.098533),
                twenty(0.098531));
        String json = JsonProtocol.sparkEventToJsonString(epoch);
        assertTrue(json.length() < 1000, () -> json.length() + ": " + json);
    }

    private static float[] twenty(double number) {
        return MadeUpTraining.epoch(1, 1, 20, number, number).trainCost();
    }

    private static Object again(TrainingEvent event) {
        return JsonProtocol.sparkEventFromJson(JsonProtocol.sparkEventToJsonString(event));
    }
}
