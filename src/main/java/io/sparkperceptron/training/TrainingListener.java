package io.sparkperceptron.training;

import java.util.List;

/**
 * Is told what happens in training. What a listener throws stops the training: nothing that was to be written is lost
 * silently.
 */
public interface TrainingListener {

    /** The pass over the data for this epoch is about to start, with these runs. */
    default void epochStarted(int epoch, List<Run> runs) {}

    /** The pass is done; one entry for each of its runs. */
    default void epochFinished(int epoch, List<EpochMetrics> metrics) {}

    /** A run's costs are no longer finite at this epoch; it leaves. */
    default void runDiverged(EpochMetrics metrics) {}

    /** Training is over, whether it came to its end or failed. */
    default void trainingEnded() {}
}
