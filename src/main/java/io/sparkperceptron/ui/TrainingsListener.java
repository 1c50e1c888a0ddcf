package io.sparkperceptron.ui;

import io.sparkperceptron.ui.TrainingEvent.Epoch;
import io.sparkperceptron.ui.TrainingEvent.Started;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.status.ElementTrackingStore;

/**
 * Keeps the newest {@value #MOST_TRAININGS} trainings in the store of Spark's UI. A training keeps at most about
 * {@value #MOST_EPOCHS} epochs: a long one the first {@value #FIRST_EPOCHS}, the last, and every second, fourth ...
 * between.
 */
final class TrainingsListener extends SparkListener {

    static final int MOST_TRAININGS = 20;
    static final int MOST_EPOCHS = 1000;
    static final int FIRST_EPOCHS = 100;

    private final ElementTrackingStore store;
    private final Map<Integer, Training> trainings = new TreeMap<>();
    private volatile Epoch latest;

    TrainingsListener(ElementTrackingStore store) {
        this.store = store;
    }

    /** The last epoch of any training; null before the first. */
    Epoch latest() {
        return latest;
    }

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
        if (event instanceof Started started) {
            if (trainings.size() == MOST_TRAININGS) {
                forget(trainings.remove(trainings.keySet().iterator().next()));
            }
            keep(new Training(started));
        } else if (event instanceof Epoch epoch && trainings.containsKey(epoch.training())) {
            latest = epoch;
            keep(epoch);
        } else if (event instanceof TrainingEvent other && trainings.containsKey(other.training())) {
            keep(trainings.get(other.training()).with(other));
        }
    }

    private void keep(Training training) {
        trainings.put(training.key(), training);
        store.write(training);
    }

    private void forget(Training training) {
        training.epochs(store).forEach(epoch -> store.delete(Epoch.class, epoch.key()));
        store.delete(Training.class, training.key());
    }

    private void keep(Epoch last) {
        store.write(last);
        int now = step(last.epoch());
        int before = step(last.epoch() - 1);
        int from = now > before ? FIRST_EPOCHS : last.epoch() - 1;
        for (int epoch = from; epoch < last.epoch(); epoch++) {
            if (epoch >= FIRST_EPOCHS && epoch % now != 0 && (epoch % before == 0 || epoch == last.epoch() - 1)) {
                forget(last.training(), epoch);
            }
        }
    }

    /** Deletes an epoch, unless it is the last of a run, which the page shows. */
    private void forget(int training, int epoch) {
        if (trainings.get(training).left().stream().noneMatch(left -> left.epoch() == epoch)) {
            store.delete(Epoch.class, Epoch.key(training, epoch));
        }
    }

    /** The step up to this epoch: epochs that it divides are kept. */
    private static int step(int epoch) {
        return Integer.highestOneBit(Math.max(1, 2 * epoch / MOST_EPOCHS));
    }
}
