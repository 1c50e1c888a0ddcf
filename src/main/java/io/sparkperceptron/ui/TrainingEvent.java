package io.sparkperceptron.ui;

import java.util.List;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.util.kvstore.KVIndex;

/**
 * What Spark's listeners and its event log learn of a training. Spark writes an event as JSON, with the name of its
 * class, and skips classes that it does not know. Arrays by run have the order of {@link Started#runs}.
 */
// Nobody compares events with arrays.
@SuppressWarnings("ArrayRecordComponent")
sealed interface TrainingEvent extends SparkListenerEvent {

    /** The number of the training in its application, from 1 on. */
    int training();

    /**
     * A training begins or goes on.
     *
     * @param runs the names of the runs on all training rows
     * @param losses of these runs
     * @param rates of these runs; NaN for a run without a rate
     * @param firstEpoch the epoch to be measured first, which is not 0 if the training was resumed
     * @param epochs the number of the last epoch
     * @param rows of the training, the validation and the test set
     */
    record Started(
            int training,
            long time,
            String master,
            List<String> runs,
            List<String> losses,
            double[] rates,
            int firstEpoch,
            int epochs,
            long[] rows)
            implements TrainingEvent {}

    /**
     * An epoch has been measured.
     *
     * @param seconds of the kernel, of the rest of the job and of the driver: see
     *     {@link io.sparkperceptron.training.EpochTime}
     * @param trainCost by run, as the errors; NaN for a run that has ended, infinite for one that diverged
     * @param validationError empty without validation rows
     * @param testError empty without a test set
     */
    record Epoch(
            int training,
            int epoch,
            float[] seconds,
            float[] trainCost,
            float[] trainError,
            float[] validationError,
            float[] testError)
            implements TrainingEvent {

        /** The key in the store: epochs of a training follow each other. */
        @KVIndex
        public long key() {
            return key(training, epoch);
        }

        static long key(int training, int epoch) {
            return ((long) training << Integer.SIZE) | epoch;
        }

        /** The errors that runs are chosen by. */
        float[] choosingError() {
            return validationError.length > 0 ? validationError : testError.length > 0 ? testError : trainError;
        }
    }

    /** A run has diverged, or ended before the last epoch. */
    record Left(int training, int run, int epoch, String ending) implements TrainingEvent {}

    /**
     * The blocks lie elsewhere than before, or lie somewhere for the first time.
     *
     * @param redistributed whether the driver redistributed them
     * @param executors as Spark names them
     * @param partitions on each of these executors
     */
    record Placed(int training, int epoch, boolean redistributed, List<String> executors, List<Integer> partitions)
            implements TrainingEvent {}

    /**
     * Verdicts as if the training ended at this epoch.
     *
     * @param since the first epoch that shows each verdict
     */
    record Judged(int training, int epoch, List<String> verdicts, List<Integer> since) implements TrainingEvent {}

    /** The training has finished, stopped or failed. */
    record Ended(int training, long time) implements TrainingEvent {}
}
