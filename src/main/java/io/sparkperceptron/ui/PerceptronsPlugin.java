package io.sparkperceptron.ui;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.sparkperceptron.session.TrainingWatch;
import io.sparkperceptron.ui.TrainingEvent.Epoch;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.status.ElementTrackingStore;
import org.apache.spark.ui.SparkUI;

/**
 * Adds the tab Perceptrons to Spark's UI, and gauges to its metrics: {@code
 * spark.plugins=io.sparkperceptron.ui.PerceptronsPlugin}. Does nothing if Spark has no UI.
 */
public final class PerceptronsPlugin implements SparkPlugin {

    @Override
    public DriverPlugin driverPlugin() {
        return new Driver();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return null;
    }

    private static final class Driver implements DriverPlugin {

        private SparkUI ui;
        private TrainingsListener listener;

        @Override
        public Map<String, String> init(SparkContext spark, PluginContext context) {
            if (spark.ui().isDefined()) {
                ui = spark.ui().get();
                listener =
                        new TrainingsListener((ElementTrackingStore) ui.store().store());
                spark.listenerBus().addToStatusQueue(listener);
                new PerceptronsTab(ui).attach();
                AtomicInteger trainings = new AtomicInteger();
                TrainingWatch.set((blocks, plan, recording) -> new TrainingEvents(
                        trainings.incrementAndGet(),
                        spark.master(),
                        blocks,
                        plan,
                        recording,
                        spark.listenerBus()::post));
            }
            return Map.of();
        }

        @Override
        public void registerMetrics(String application, PluginContext context) {
            if (listener == null) {
                return;
            }
            PerceptronsTab.attachResource(ui, application);
            MetricRegistry metrics = context.metricRegistry();
            gauge(metrics, "epoch", Epoch::epoch);
            gauge(metrics, "trainError", epoch -> least(epoch.trainError()));
            gauge(metrics, "validationError", epoch -> least(epoch.validationError()));
            gauge(metrics, "testError", epoch -> least(epoch.testError()));
            gauge(metrics, "passSeconds", epoch -> epoch.seconds()[0] + epoch.seconds()[1]);
            gauge(metrics, "kernelSeconds", epoch -> epoch.seconds()[0]);
            gauge(metrics, "driverSeconds", epoch -> epoch.seconds()[2]);
        }

        @Override
        public void shutdown() {
            if (listener != null) {
                TrainingWatch.set(null);
            }
        }

        /** Registers a gauge of the last epoch, which is NaN before the first. */
        private void gauge(MetricRegistry metrics, String name, ToDoubleFunction<Epoch> value) {
            metrics.register(name, (Gauge<Double>) () -> {
                Epoch epoch = listener.latest();
                return epoch == null ? Double.NaN : value.applyAsDouble(epoch);
            });
        }

        private static double least(float[] errors) {
            double least = Double.NaN;
            for (float error : errors) {
                least = Double.isNaN(least) || error < least ? error : least;
            }
            return least;
        }
    }
}
