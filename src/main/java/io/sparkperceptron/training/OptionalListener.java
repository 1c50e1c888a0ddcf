package io.sparkperceptron.training;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that the training does not need: a user's listener, or one that only displays something. If the listener
 * throws, the exception is logged and the training continues, as with Spark's listeners.
 */
public record OptionalListener(TrainingListener listener) implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(OptionalListener.class);

    @Override
    public void epochStarted(TrainingState state) {
        logFailure(() -> listener.epochStarted(state));
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        logFailure(() -> listener.epochFinished(epoch, metrics));
    }

    @Override
    public void runLeft(EpochMetrics metrics, Ending ending) {
        logFailure(() -> listener.runLeft(metrics, ending));
    }

    @Override
    public void trainingEnded() {
        logFailure(listener::trainingEnded);
    }

    private void logFailure(Runnable event) {
        try {
            event.run();
        } catch (Exception e) {
            // Listeners written in Scala can also throw checked exceptions.
            if (e.getClass() == InterruptedException.class) {
                Thread.currentThread().interrupt();
            }
            LOG.error("The training goes on, but its listener {} threw an exception", listener.getClass(), e);
        }
    }
}
