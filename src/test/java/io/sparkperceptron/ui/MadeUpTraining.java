package io.sparkperceptron.ui;

import io.sparkperceptron.ui.TrainingEvent.Epoch;
import io.sparkperceptron.ui.TrainingEvent.Started;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.status.ElementTrackingStore;
import org.apache.spark.util.kvstore.InMemoryStore;

/** Gives the tab's listener the events of trainings that nobody ran. */
final class MadeUpTraining {

    final ElementTrackingStore store = new ElementTrackingStore(
            new InMemoryStore(), new SparkConf(false).set("spark.appStateStore.asyncTracking.enable", "false"));
    final TrainingsListener listener = new TrainingsListener(store);

    /** Runs of rising rates; the names of losses alternate. */
    static Started started(int training, int runs, int epochs) {
        List<String> losses = IntStream.range(0, runs)
                .mapToObj(run -> run % 2 == 0 ? "logistic" : "mse")
                .toList();
        return new Started(
                training,
                1_700_000_000_000L,
                "local[2]",
                IntStream.range(0, runs)
                        .mapToObj(run -> losses.get(run) + "-" + (run / 2 + 1))
                        .toList(),
                losses,
                IntStream.range(0, runs).mapToDouble(run -> run / 2 + 1).toArray(),
                0,
                epochs,
                new long[] {60_000, 0, 10_000});
    }

    /** All runs have these numbers. An epoch takes 20 ms. */
    static Epoch epoch(int training, int epoch, int runs, double cost, double error) {
        return new Epoch(
                training,
                epoch,
                new float[] {0.010f, 0.008f, 0.002f},
                all(runs, cost),
                all(runs, error),
                new float[0],
                all(runs, error));
    }

    private static float[] all(int runs, double number) {
        float[] all = new float[runs];
        Arrays.fill(all, (float) number);
        return all;
    }

    void tell(TrainingEvent... events) {
        Arrays.asList(events).forEach(listener::onOtherEvent);
    }

    String page() {
        return page(null, true);
    }

    String page(String training, boolean live) {
        return TrainingPage.html(store, training, "/perceptrons/json", live);
    }
}
