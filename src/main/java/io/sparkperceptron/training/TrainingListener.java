package io.sparkperceptron.training;

import java.util.List;

/** Receives the events of a training. An exception from a listener stops the training, so no write fails silently. */
public interface TrainingListener {

    /** The pass for this epoch is about to start. The state's weights do not change any more. */
    default void epochStarted(TrainingState state) {}

    /** The pass is done; {@code metrics} has one entry for each of its runs. */
    default void epochFinished(int epoch, List<EpochMetrics> metrics) {}

    /** A run has diverged, or ends before the plan's last epoch. */
    default void runLeft(EpochMetrics metrics, Ending ending) {}

    /** The training has finished or failed. */
    default void trainingEnded() {}
}
