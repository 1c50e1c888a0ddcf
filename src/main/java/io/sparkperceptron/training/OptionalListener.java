package io.sparkperceptron.training;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that the training does not need: a user's, or one that only shows something. If it throws, the exception
 * is logged and the training goes on, as with Spark's listeners.
 */
public record OptionalListener(TrainingListener listener) implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(OptionalListener.class);

    @Override
    public void epochStarted(TrainingState state) {
        tell(() -> listener.epochStarted(state));
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        tell(() -> listener.epochFinished(epoch, metrics));
    }

    @Override
    public void runLeft(EpochMetrics metrics, Ending ending) {
        tell(() -> listener.runLeft(metrics, ending));
    }

    @Override
    public void trainingEnded() {
        tell(listener::trainingEnded);
    }

    private void tell(Runnable event) {
        try {
            event.run();
        } catch (Exception e) {
            // Scala's listeners also throw checked exceptions.
            if (e.getClass() == InterruptedException.class) {
                Thread.currentThread().interrupt();
            }
            LOG.error("The training goes on, but its listener {} threw an exception", listener.getClass(), e);
        }
    }
}
