package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.results.MetricsFile;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.S3Server;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingStopped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The number of requests of a training to S3, because each request costs money. */
@Tag("thorough")
class S3RequestsTest extends SparkTest {

    private static final Logger LOG = LoggerFactory.getLogger(S3RequestsTest.class);
    /** To measure a longer training: {@code mvn prepare-package -P thorough -Dtest=S3RequestsTest -Ds3.seconds=60}. */
    private static final int SECONDS = Integer.getInteger("s3.seconds", 2);

    private static S3Server server;

    @TempDir
    Path temporary;

    @BeforeAll
    static void startServer() {
        server = new S3Server();
        server.settings().forEach(spark().hadoopConfiguration()::set);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
        server.settings().keySet().forEach(spark().hadoopConfiguration()::unset);
    }

    /** Counts from the first epoch to the last one before the end. */
    @Test
    void aTrainingSendsFewRequests() throws IOException {
        Path images = TestImages.writeFolder(temporary.resolve("images"), 6000, 1000, 10, 28);
        Counting counting = new Counting();
        SparkSession session = SparkSession.builder().sparkContext(spark().sc()).getOrCreate();
        try (TrainingData data = TrainingData.load(session, images.toString())) {
            Sweep sweep = new Sweep(data)
                    .rates(0.5)
                    .epochs(1_000_000)
                    .listener(counting)
                    .stopWhen(() -> counting.seconds() > SECONDS);
            assertThrows(TrainingStopped.class, () -> sweep.train(S3Server.BUCKET + "results"));
        }
        LOG.info("{}", counting);
        // Most requests of the first seconds write the film's frames.
        assertTrue(counting.requests() <= 60 + 2 * SECONDS, counting::toString);
    }

    @Test
    void metricsAreWrittenLessOftenThanEverySecond() {
        MetricsFile file = new MetricsFile(Folder.at(S3Server.BUCKET + "metrics", server.configuration()), List.of());
        file.epochFinished(0, List.of());
        long first = server.requests();
        long end = System.nanoTime() + 1_500_000_000L;
        for (int epoch = 1; System.nanoTime() - end < 0; epoch++) {
            file.epochFinished(epoch, List.of());
        }
        assertEquals(first, server.requests());
        file.trainingEnded();
        assertTrue(server.requests() > first);
    }

    private static final class Counting implements TrainingListener {

        private long started;
        private long before;
        private long ended;
        private long after;
        private int epochs;

        @Override
        public void epochFinished(int epoch, List<EpochMetrics> metrics) {
            ended = System.nanoTime();
            after = server.requests();
            if (started == 0) {
                started = ended;
                before = after;
            }
            epochs = epoch;
        }

        double seconds() {
            return (ended - started) / 1e9;
        }

        long requests() {
            return after - before;
        }

        @Override
        public String toString() {
            return requests() + " requests in " + seconds() + " s, of " + epochs + " epochs";
        }
    }
}
