package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobDescriptionsTest extends SparkTest {

    private static final String DESCRIPTION = "spark.job.description";

    @Test
    void jobsSayRunAndEpoch() {
        JobDescriptions descriptions = new JobDescriptions(spark(), 200);
        Run first = new Run(Loss.LOGISTIC, 0.5);
        descriptions.epochStarted(12, List.of(first));
        assertEquals("epoch 12 of 200: logistic-0.5", spark().getLocalProperty(DESCRIPTION));
        descriptions.epochStarted(13, List.of(first, new Run(Loss.MSE, 10)));
        assertEquals("epoch 13 of 200: 2 runs, logistic-0.5 to mse-10", spark().getLocalProperty(DESCRIPTION));
        descriptions.trainingEnded();
        assertNull(spark().getLocalProperty(DESCRIPTION));
    }
}
