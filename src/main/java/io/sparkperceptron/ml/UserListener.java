package io.sparkperceptron.ml;

import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener of a user. If it throws, the exception is logged and the training goes on, as with Spark's listeners. */
record UserListener(TrainingListener listener) implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(UserListener.class);

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
