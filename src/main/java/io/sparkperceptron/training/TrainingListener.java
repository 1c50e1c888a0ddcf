package io.sparkperceptron.training;

import java.util.List;

/**
 * Is told what happens in training. What a listener throws stops the training: nothing that was to be written is lost
 * silently.
 */
public interface TrainingListener {

    /** The pass over the data for this epoch is about to start. Nobody writes to the state's weights any more. */
    default void epochStarted(TrainingState state) {}

    /** The pass is done; one entry for each of its runs. */
    default void epochFinished(int epoch, List<EpochMetrics> metrics) {}

    /** A run leaves at this epoch: it has diverged, or has ended before the plan's last epoch. */
    default void runLeft(EpochMetrics metrics, Ending ending) {}

    /** Training is over, whether it came to its end or failed. */
    default void trainingEnded() {}
}
