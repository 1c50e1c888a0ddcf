package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.BestError;
import io.sparkperceptron.training.Kept;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.TrainingState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobDescriptionsTest extends SparkTest {

    private static final String DESCRIPTION = "spark.job.description";

    @Test
    void jobsSayRunAndEpoch() {
        JobDescriptions descriptions = new JobDescriptions(spark(), 200);
        Run first = new Run(Loss.LOGISTIC, 0.5);
        descriptions.epochStarted(state(12, first));
        assertEquals("epoch 12 of 200: logistic-0.5", spark().getLocalProperty(DESCRIPTION));
        descriptions.epochStarted(state(13, first, new Run(Loss.MSE, 10)));
        assertEquals("epoch 13 of 200: 2 runs, logistic-0.5 to mse-10", spark().getLocalProperty(DESCRIPTION));
        descriptions.trainingEnded();
        assertNull(spark().getLocalProperty(DESCRIPTION));
    }

    private static TrainingState state(int epoch, Run... runs) {
        return new TrainingState(
                epoch,
                List.of(runs),
                new Weights(1, 2, runs.length),
                new Kept(Map.of(), List.of()),
                Collections.nCopies(runs.length, BestError.NONE),
                List.of());
    }
}
